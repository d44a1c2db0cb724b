"""The languages that are known by name, and how they are written."""

from __future__ import annotations

import Stemmer

DEFAULT_LANGUAGE = "english"

LANGUAGE_OF_CODE = {
    **{"af": "afrikaans", "am": "amharic", "ar": "arabic", "as": "assamese"},
    **{"az": "azerbaijani", "ba": "bashkir", "be": "belarusian", "bg": "bulgarian"},
    **{"bn": "bengali", "bs": "bosnian", "ca": "catalan", "cs": "czech"},
    **{"cy": "welsh", "da": "danish", "de": "german", "el": "greek"},
    **{"en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian"},
    **{"eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french"},
    **{"ga": "irish", "gl": "galician", "gu": "gujarati", "ha": "hausa"},
    **{"he": "hebrew", "hi": "hindi", "hr": "croatian", "hu": "hungarian"},
    **{"hy": "armenian", "id": "indonesian", "is": "icelandic", "it": "italian"},
    **{"ja": "japanese", "ka": "georgian", "kk": "kazakh", "km": "khmer"},
    **{"kn": "kannada", "ko": "korean", "ku": "kurdish", "ky": "kyrgyz"},
    **{"la": "latin", "lo": "lao", "lt": "lithuanian", "lv": "latvian"},
    **{"mk": "macedonian", "ml": "malayalam", "mn": "mongolian", "mr": "marathi"},
    **{"ms": "malay", "mt": "maltese", "my": "burmese", "ne": "nepali"},
    **{"nl": "dutch", "nn": "norwegian", "no": "norwegian", "or": "odia"},
    **{"pa": "punjabi", "pl": "polish", "ps": "pashto", "pt": "portuguese"},
    **{"ro": "romanian", "ru": "russian", "si": "sinhala", "sk": "slovak"},
    **{"sl": "slovenian", "so": "somali", "sq": "albanian", "sr": "serbian"},
    **{"sv": "swedish", "sw": "swahili", "ta": "tamil", "te": "telugu"},
    **{"tg": "tajik", "th": "thai", "tl": "tagalog", "tr": "turkish"},
    **{"tt": "tatar", "ug": "uyghur", "uk": "ukrainian", "ur": "urdu"},
    **{"uz": "uzbek", "vi": "vietnamese", "xh": "xhosa", "yo": "yoruba"},
    **{"zh": "chinese", "zu": "zulu"},
}
"""ISO 639 codes of the languages that can be detected, with their English names."""

STEMMED_LANGUAGES = tuple(
    sorted(set(Stemmer.algorithms()) - {"porter", "dutch_porter"})
)
"""The languages for which there is a Snowball stemmer."""

LANGUAGES = tuple(sorted({*LANGUAGE_OF_CODE.values(), *STEMMED_LANGUAGES}))
"""The languages that a document may be in."""
