/**
 * The chat widget: a visitor asks, reads the documents' own words, and checks them with
 * one click. One file, without a build step; it loads nothing else and asks only the
 * server that it came from.
 *
 *     <script src="https://HOST/widget.js" defer></script>
 *
 * places a launcher in the corner of the page. Options are `data-*` attributes of that
 * tag, or attributes of a `<chatbot-widget>` that the page places itself:
 *
 *     title, greeting, placeholder   words in place of the widget's own
 *     accent                         any CSS colour
 *     language                       en, de, es, fr, ru, zh or ar; else the page's `lang`
 *     position                       "left" or "right"
 *     theme                          "light" or "dark"; else the system's setting
 *     open                           shown from the start
 *     inline                         fills its place instead of floating over the page
 *     server                         where to ask, if not where the script came from
 *     data-target                    (tag only) selector of the element to fill, inline
 *     data-manual                    (tag only) places nothing; the page does so later
 *
 * The element has the methods `open()`, `close()`, `ask(text)` and `clear()` and
 * dispatches `reply` ({question, reply}), `feedback` ({id, rating, comment}) and `error`
 * ({question, message, status}), each in `event.detail`.
 *
 * Text from the server is only ever set as text. Sections: words, styles, elements,
 * colours, server, memory, views of a reply, the element, its place on the page.
 */
(() => {
  "use strict";

  const TAG = "chatbot-widget";
  if (customElements.get(TAG) || !("adoptedStyleSheets" in document)) return;

  const SCRIPT = document.currentScript;
  const OPTIONS = [
    "accent", "greeting", "inline", "language", "open", "placeholder", "position",
    "server", "theme", "title",
  ];
  /** Statuses of a question that is refused for what it is. */
  const UNUSABLE = [400, 413];
  const TYPING_AFTER_MS = 300;
  const TIMEOUT_MS = 30_000;
  /** Of a question; the server writes its own limit here. */
  const MOST_CHARACTERS = 2000;
  const KEPT_MS = 24 * 60 * 60 * 1000;
  const MOST_KEPT = 50;
  const SCROLL_MARGIN = 16;
  const MOST_BEGUN = 40;

  // ---- Words of the interface -------------------------------------------------------

  /** @type {Record<string, Record<string, string>>} {0}, {1} stand for what is filled in. */
  const WORDS = {
    en: {
      title: "Ask the documents",
      greeting: "Ask a question. The answer is quoted word for word, with the place where it stands.",
      placeholder: "Your question",
      open: "Open chat",
      close: "Close chat",
      clear: "New chat",
      send: "Send",
      log: "Conversation",
      you: "You asked:",
      waiting: "Looking it up …",
      corrected: "Searched for “{1}” instead of “{0}”",
      about: "About: {0}",
      line: "line {0}",
      newTab: "opens in a new tab",
      more: "Show the whole passage",
      less: "Show the quote alone",
      places: "Also in",
      starters: "For example",
      suggestions: "Ask next",
      up: "This helps",
      down: "This does not help",
      comment: "In a word, why? (optional)",
      thanks: "Thank you.",
      copy: "Copy",
      copied: "Copied",
      notCopied: "The browser does not allow it. Select the text instead.",
      why: "Why this answer?",
      retry: "Try again",
      offline: "The server cannot be reached. Check your connection, then try again.",
      slow: "The answer takes too long. Try again in a moment.",
      failed: "The server could not answer. Try again in a moment.",
      unsent: "This was not sent. Try again.",
      tooLong: "This has {0} characters; a question may have {1}.",
    },
    de: {
      title: "Die Dokumente fragen",
      greeting: "Stellen Sie eine Frage. Die Antwort wird wörtlich zitiert, mit der Stelle, an der sie steht.",
      placeholder: "Ihre Frage",
      open: "Chat öffnen",
      close: "Chat schließen",
      clear: "Neuer Chat",
      send: "Senden",
      log: "Unterhaltung",
      you: "Sie fragten:",
      waiting: "Wird nachgeschlagen …",
      corrected: "Gesucht wurde „{1}“ statt „{0}“",
      about: "Zu: {0}",
      line: "Zeile {0}",
      newTab: "öffnet einen neuen Tab",
      more: "Ganze Passage zeigen",
      less: "Nur das Zitat zeigen",
      places: "Auch in",
      starters: "Zum Beispiel",
      suggestions: "Weiter fragen",
      up: "Das hilft",
      down: "Das hilft nicht",
      comment: "Mit einem Wort: warum? (freiwillig)",
      thanks: "Danke.",
      copy: "Kopieren",
      copied: "Kopiert",
      notCopied: "Der Browser erlaubt es nicht. Markieren Sie stattdessen den Text.",
      why: "Warum diese Antwort?",
      retry: "Noch einmal",
      offline: "Der Server ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
      slow: "Die Antwort dauert zu lange. Versuchen Sie es gleich noch einmal.",
      failed: "Der Server konnte nicht antworten. Versuchen Sie es gleich noch einmal.",
      unsent: "Das wurde nicht gesendet. Versuchen Sie es noch einmal.",
      tooLong: "Das sind {0} Zeichen; eine Frage darf {1} haben.",
    },
    es: {
      title: "Preguntar a los documentos",
      greeting: "Haga una pregunta. La respuesta se cita palabra por palabra, con el lugar donde está.",
      placeholder: "Su pregunta",
      open: "Abrir el chat",
      close: "Cerrar el chat",
      clear: "Nuevo chat",
      send: "Enviar",
      log: "Conversación",
      you: "Usted preguntó:",
      waiting: "Buscando …",
      corrected: "Se buscó «{1}» en lugar de «{0}»",
      about: "Sobre: {0}",
      line: "línea {0}",
      newTab: "se abre en una pestaña nueva",
      more: "Mostrar todo el pasaje",
      less: "Mostrar solo la cita",
      places: "También en",
      starters: "Por ejemplo",
      suggestions: "Seguir preguntando",
      up: "Me sirve",
      down: "No me sirve",
      comment: "En una palabra, ¿por qué? (opcional)",
      thanks: "Gracias.",
      copy: "Copiar",
      copied: "Copiado",
      notCopied: "El navegador no lo permite. Seleccione el texto.",
      why: "¿Por qué esta respuesta?",
      retry: "Reintentar",
      offline: "No se puede contactar con el servidor. Compruebe la conexión y vuelva a intentarlo.",
      slow: "La respuesta tarda demasiado. Vuelva a intentarlo en un momento.",
      failed: "El servidor no pudo responder. Vuelva a intentarlo en un momento.",
      unsent: "No se ha enviado. Vuelva a intentarlo.",
      tooLong: "Tiene {0} caracteres; una pregunta puede tener {1}.",
    },
    fr: {
      title: "Interroger les documents",
      greeting: "Posez une question. La réponse est citée mot pour mot, avec l’endroit où elle se trouve.",
      placeholder: "Votre question",
      open: "Ouvrir le chat",
      close: "Fermer le chat",
      clear: "Nouveau chat",
      send: "Envoyer",
      log: "Conversation",
      you: "Vous avez demandé :",
      waiting: "Recherche …",
      corrected: "« {1} » a été cherché au lieu de « {0} »",
      about: "À propos de : {0}",
      line: "ligne {0}",
      newTab: "s’ouvre dans un nouvel onglet",
      more: "Afficher tout le passage",
      less: "Afficher la citation seule",
      places: "Aussi dans",
      starters: "Par exemple",
      suggestions: "Demander ensuite",
      up: "Cela m’aide",
      down: "Cela ne m’aide pas",
      comment: "En un mot, pourquoi ? (facultatif)",
      thanks: "Merci.",
      copy: "Copier",
      copied: "Copié",
      notCopied: "Le navigateur ne l’autorise pas. Sélectionnez le texte.",
      why: "Pourquoi cette réponse ?",
      retry: "Réessayer",
      offline: "Le serveur est injoignable. Vérifiez votre connexion, puis réessayez.",
      slow: "La réponse prend trop de temps. Réessayez dans un instant.",
      failed: "Le serveur n’a pas pu répondre. Réessayez dans un instant.",
      unsent: "Ceci n’a pas été envoyé. Réessayez.",
      tooLong: "Ce texte a {0} caractères ; une question peut en avoir {1}.",
    },
    ru: {
      title: "Спросить документы",
      greeting: "Задайте вопрос. Ответ — дословная цитата с указанием места, где она стоит.",
      placeholder: "Ваш вопрос",
      open: "Открыть чат",
      close: "Закрыть чат",
      clear: "Новый чат",
      send: "Отправить",
      log: "Беседа",
      you: "Вы спросили:",
      waiting: "Ищу …",
      corrected: "Искали «{1}» вместо «{0}»",
      about: "О чём: {0}",
      line: "строка {0}",
      newTab: "откроется в новой вкладке",
      more: "Показать весь фрагмент",
      less: "Показать только цитату",
      places: "Также в",
      starters: "Например",
      suggestions: "Спросить дальше",
      up: "Это помогло",
      down: "Это не помогло",
      comment: "Одним словом, почему? (необязательно)",
      thanks: "Спасибо.",
      copy: "Копировать",
      copied: "Скопировано",
      notCopied: "Браузер не разрешает. Выделите текст.",
      why: "Почему этот ответ?",
      retry: "Повторить",
      offline: "Сервер недоступен. Проверьте соединение и попробуйте ещё раз.",
      slow: "Ответ занимает слишком много времени. Попробуйте чуть позже.",
      failed: "Сервер не смог ответить. Попробуйте чуть позже.",
      unsent: "Не отправлено. Попробуйте ещё раз.",
      tooLong: "Знаков: {0}; в вопросе может быть не больше {1}.",
    },
    zh: {
      title: "向文档提问",
      greeting: "请提问。回答逐字引用文档原文，并注明出处。",
      placeholder: "您的问题",
      open: "打开聊天",
      close: "关闭聊天",
      clear: "新对话",
      send: "发送",
      log: "对话",
      you: "您问：",
      waiting: "正在查找……",
      corrected: "已搜索“{1}”，而非“{0}”",
      about: "关于：{0}",
      line: "第 {0} 行",
      newTab: "在新标签页中打开",
      more: "显示整段",
      less: "只显示引文",
      places: "另见",
      starters: "例如",
      suggestions: "继续提问",
      up: "有帮助",
      down: "没有帮助",
      comment: "一句话说明原因（可选）",
      thanks: "谢谢。",
      copy: "复制",
      copied: "已复制",
      notCopied: "浏览器不允许复制，请选中文字。",
      why: "为什么是这个回答？",
      retry: "重试",
      offline: "无法连接服务器。请检查网络后重试。",
      slow: "等待时间过长。请稍后重试。",
      failed: "服务器未能回答。请稍后重试。",
      unsent: "未能发送，请重试。",
      tooLong: "共 {0} 个字符；问题最多 {1} 个字符。",
    },
    ar: {
      title: "اسأل الوثائق",
      greeting: "اطرح سؤالاً. يُقتبس الجواب حرفياً مع الموضع الذي ورد فيه.",
      placeholder: "سؤالك",
      open: "افتح المحادثة",
      close: "أغلق المحادثة",
      clear: "محادثة جديدة",
      send: "أرسل",
      log: "المحادثة",
      you: "سألت:",
      waiting: "جارٍ البحث …",
      corrected: "بُحث عن «{1}» بدلاً من «{0}»",
      about: "حول: {0}",
      line: "السطر {0}",
      newTab: "يُفتح في علامة تبويب جديدة",
      more: "اعرض المقطع كاملاً",
      less: "اعرض الاقتباس وحده",
      places: "ورد أيضاً في",
      starters: "مثلاً",
      suggestions: "اسأل بعد ذلك",
      up: "هذا مفيد",
      down: "هذا غير مفيد",
      comment: "لماذا؟ بكلمة واحدة (اختياري)",
      thanks: "شكراً.",
      copy: "انسخ",
      copied: "نُسخ",
      notCopied: "المتصفح لا يسمح بذلك. حدّد النص بدلاً من ذلك.",
      why: "لماذا هذا الجواب؟",
      retry: "أعد المحاولة",
      offline: "تعذّر الوصول إلى الخادم. تحقّق من الاتصال ثم أعد المحاولة.",
      slow: "يستغرق الجواب وقتاً طويلاً. أعد المحاولة بعد لحظة.",
      failed: "لم يتمكن الخادم من الإجابة. أعد المحاولة بعد لحظة.",
      unsent: "لم يُرسل هذا. أعد المحاولة.",
      tooLong: "عدد الأحرف {0}، والحد الأقصى للسؤال {1}.",
    },
  };
  const RIGHT_TO_LEFT = ["ar"];

  /** The code of the words that speak a language such as "de-AT"; "" without any. */
  function wordsCode(language) {
    const code = language.toLowerCase().split(/[-_]/)[0];
    return Object.hasOwn(WORDS, code) ? code : "";
  }

  /** A sentence with its {0}, {1} replaced. */
  function filled(sentence, ...values) {
    return sentence.replace(/\{(\d)\}/g, (_, number) => values[number]);
  }

  // ---- Styles -----------------------------------------------------------------------

  const LIGHT = `
    --paper: #fff; --raised: #f5f3ef; --ink: #1f2328; --faint: #5f656d;
    --line: #dedbd5; --edge: #878c94; --mark: #fff0b8; --alarm: #a3271f;
    --accent: var(--accent-on-light);
    --shadow: 0 .15em .4em rgb(20 24 30 / 12%), 0 .8em 2.6em rgb(20 24 30 / 22%);`;
  const DARK = `
    --paper: #1e2125; --raised: #2a2e34; --ink: #e6e4df; --faint: #a2a6ad;
    --line: #383c43; --edge: #7d838b; --mark: #54471a; --alarm: #ff9d92;
    --accent: var(--accent-on-dark);
    --shadow: 0 .15em .4em rgb(0 0 0 / 50%), 0 .8em 2.6em rgb(0 0 0 / 60%);`;
  const FULL_SCREEN = "(max-width: 480px), (max-height: 480px)";

  const STYLES = `
    :host { display: block; position: relative; z-index: 2147483000; }
    :host([inline]) { z-index: auto; block-size: 100%; min-block-size: min(32rem, 80vh); }
    :host([hidden]), [hidden] { display: none !important; }
    @media print { :host(:not([inline])) { display: none; } }

    .root {
      all: initial; ${LIGHT}
      color-scheme: light; color: var(--ink); overflow-wrap: anywhere;
      font: medium/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
        "Noto Sans", "Liberation Sans", sans-serif;
      -webkit-text-size-adjust: 100%;
    }
    @media (prefers-color-scheme: dark) {
      :host(:not([theme="light"])) .root { ${DARK} color-scheme: dark; }
    }
    :host([theme="dark"]) .root { ${DARK} color-scheme: dark; }

    *, ::before, ::after { box-sizing: border-box; }
    p, ul, figure, blockquote, h2 { margin: 0; padding: 0; list-style: none; }
    button, input, textarea { margin: 0; color: inherit; font: inherit; }
    button { border: 0; background: none; cursor: pointer; }
    a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .06em; }
    svg { display: block; inline-size: 1.25em; block-size: 1.25em; flex: none; }
    :focus-visible { outline: .15em solid var(--accent); outline-offset: .12em; }
    .unseen {
      position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap;
    }

    .launcher {
      position: fixed; inset-block-end: calc(1.25em + env(safe-area-inset-bottom));
      display: grid; place-items: center; inline-size: 3.5em; block-size: 3.5em;
      border-radius: 50%; background: var(--fill); color: var(--on-fill);
      box-shadow: var(--shadow);
    }
    .launcher svg { inline-size: 1.6em; block-size: 1.6em; }
    .launcher:focus-visible { outline-offset: .2em; }
    [data-side="right"] .launcher, [data-side="right"] .floating {
      right: calc(1.25em + env(safe-area-inset-right));
    }
    [data-side="left"] .launcher, [data-side="left"] .floating {
      left: calc(1.25em + env(safe-area-inset-left));
    }

    .panel {
      display: flex; flex-direction: column; margin: 0; padding: 0; overflow: hidden;
      border: 1px solid var(--line); background: var(--paper); color: var(--ink);
    }
    .inline { position: absolute; inset: 0; border-radius: .9em; }
    .floating {
      position: fixed; inset: auto; inset-block-end: calc(5.75em + env(safe-area-inset-bottom));
      inline-size: min(25.5em, 100vw - 2.5em); block-size: min(41em, 100vh - 7.5em);
      max-inline-size: none; max-block-size: none;
      border-radius: 1.1em; box-shadow: var(--shadow);
    }
    .floating:not([open]) { display: none; }
    .floating::backdrop { background: none; }
    @media ${FULL_SCREEN} {
      .root[data-side] .floating {
        inset: var(--viewport-top, 0) 0 auto; inline-size: 100%;
        block-size: var(--viewport-height, 100dvh);
        border: 0; border-radius: 0; box-shadow: none;
        padding: env(safe-area-inset-top) env(safe-area-inset-right)
          env(safe-area-inset-bottom) env(safe-area-inset-left);
      }
    }

    .top {
      display: flex; align-items: center; gap: .25em; flex: none;
      padding: .75em .75em .75em 1.1em; padding-inline: 1.1em .75em;
      border-block-end: 1px solid var(--line);
    }
    .badge {
      display: grid; place-items: center; flex: none; inline-size: 1.75em; block-size: 1.75em;
      margin-inline-end: .4em; border-radius: .5em; background: var(--fill); color: var(--on-fill);
    }
    .badge svg { inline-size: 1.1em; block-size: 1.1em; fill: currentColor; stroke: none; }
    .inline .badge { display: none; }
    .title {
      flex: 1; min-inline-size: 0; font-size: 1em; font-weight: 650; line-height: 1.3;
      letter-spacing: -.005em;
    }
    .icon-button {
      display: grid; place-items: center; min-inline-size: 2.1em; block-size: 2.1em;
      border-radius: .55em; color: var(--faint);
    }
    .icon-button:hover { background: var(--raised); color: var(--ink); }
    .icon-button[aria-pressed="true"] { background: var(--raised); color: var(--accent); }
    .icon-button[aria-pressed="true"] svg { fill: currentColor; fill-opacity: .22; }

    .log {
      flex: 1; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain;
      padding: 1.1em; scrollbar-width: thin;
    }
    .log:focus-visible { outline-offset: -.2em; }
    .inline .log > * { max-inline-size: 46em; margin-inline: auto; }
    .greeting { color: var(--faint); }
    .exchange + .exchange, .greeting + .exchange { margin-block-start: 1.75em; }
    .question {
      inline-size: fit-content; max-inline-size: 88%; margin-inline-start: auto;
      padding: .5em .95em; border-radius: 1.1em; border-end-end-radius: .3em;
      background: var(--fill); color: var(--on-fill); white-space: pre-wrap;
      unicode-bidi: plaintext; text-align: start;
    }
    .reply, .waiting, .problem { margin-block-start: 1em; }
    .reply > * + * { margin-block-start: .8em; }
    .said { white-space: pre-wrap; }
    .note, .label, .caption, .small { color: var(--faint); font-size: .875em; }
    .reply > .note + .note { margin-block-start: .1em; }

    .quote { padding-inline-start: 1em; border-inline-start: .2em solid var(--accent); }
    .words { white-space: pre-wrap; font-size: 1.03em; line-height: 1.58; }
    .words mark { background: none; color: inherit; }
    .context { color: var(--faint); }
    .whole mark {
      padding-block: .1em; border-radius: .15em; background: var(--mark);
      -webkit-box-decoration-break: clone; box-decoration-break: clone;
    }
    .caption { margin-block-start: .55em; line-height: 1.45; }
    .text-button {
      display: inline-flex; align-items: center; gap: .3em; min-block-size: 1.75em;
      padding: 0; color: var(--faint); font-size: .875em; text-align: start;
    }
    .text-button:hover { color: var(--ink); }
    .text-button svg { inline-size: 1em; block-size: 1em; }
    .text-button[aria-expanded="true"] svg { transform: rotate(180deg); }

    .chips { display: flex; flex-wrap: wrap; gap: .45em; margin-block-start: .4em; }
    .chip {
      padding: .28em .85em; border: 1px solid var(--line); border-radius: 1.2em;
      color: var(--accent); font-size: .9375em; line-height: 1.4; text-align: start;
    }
    .chip:hover, .chip[aria-expanded="true"] {
      border-color: var(--accent); background: var(--raised);
    }
    .places .chip { border-color: var(--raised); background: var(--raised); color: var(--ink); }
    .places .chip:hover, .places .chip[aria-expanded="true"] { border-color: var(--edge); }
    .choices { flex-direction: column; align-items: stretch; }
    .choices { counter-reset: choice; }
    .choices .chip::before { counter-increment: choice; content: counter(choice) ". "; }
    .choices .chip { inline-size: 100%; padding: .55em .95em; border-radius: .8em; }
    .place { margin-block-start: .8em; }
    .next { margin-block-start: 1.25em; }

    .actions { display: flex; flex-wrap: wrap; align-items: center; gap: .1em; }
    .actions .icon-button:first-child { margin-inline-start: -.45em; }
    .actions .icon-button svg { inline-size: 1.1em; block-size: 1.1em; }
    .actions .text-button { margin-inline-start: auto; }
    .flip svg { transform: rotate(180deg); }
    .reasons { display: grid; gap: .2em; margin-block-start: .4em; }
    .comment { display: flex; flex-wrap: wrap; gap: .5em; margin-block-start: .5em; }
    .comment label { inline-size: 100%; }
    .comment input { flex: 1; min-inline-size: 6em; }
    input, textarea {
      padding: .5em .8em; border: 1px solid var(--edge); border-radius: .75em;
      background: var(--paper);
    }
    ::placeholder { color: var(--faint); opacity: 1; }

    .problem {
      padding: .7em .95em; border: 1px solid var(--alarm); border-radius: .8em;
      color: var(--alarm);
    }
    .plain-button {
      padding: .35em .9em; border: 1px solid var(--edge); border-radius: .65em;
      color: var(--ink); font-size: .9375em;
    }
    .plain-button:hover { background: var(--raised); }
    .problem .plain-button { display: block; margin-block-start: .55em; }

    .composer {
      display: flex; flex-wrap: wrap; align-items: flex-end; gap: .5em; flex: none;
      padding: .75em;
      border-block-start: 1px solid var(--line);
    }
    .composer .problem { inline-size: 100%; margin: 0; padding: .5em .95em; font-size: .9375em; }
    .inline .composer { inline-size: 100%; max-inline-size: 48.5em; margin-inline: auto; }
    .composer textarea {
      flex: 1; min-inline-size: 0; max-block-size: 9em; padding: .62em .95em;
      border-radius: 1.3em; line-height: 1.4; resize: none;
    }
    .composer textarea:focus-visible { outline-offset: -.1em; }
    .send {
      display: grid; place-items: center; flex: none; inline-size: 2.65em; block-size: 2.65em;
      border-radius: 50%; background: var(--fill); color: var(--on-fill);
    }

    .waiting { display: flex; align-items: center; gap: .6em; }
    .dots { display: flex; gap: .25em; }
    .dots i {
      inline-size: .4em; block-size: .4em; border-radius: 50%; background: currentColor;
    }
    @media (prefers-reduced-motion: no-preference) {
      .floating[open] { animation: rise .16s ease-out; }
      .dots i { animation: pulse 1.2s infinite ease-in-out; }
      .dots i:nth-child(2) { animation-delay: .15s; }
      .dots i:nth-child(3) { animation-delay: .3s; }
      .launcher { transition: transform .12s; }
      .launcher:hover { transform: scale(1.05); }
    }
    @keyframes rise { from { opacity: 0; transform: translateY(.5em); } }
    @keyframes pulse { 0%, 60%, 100% { opacity: .25; } 30% { opacity: 1; } }`;

  const styleSheet = new CSSStyleSheet();
  styleSheet.replaceSync(STYLES);

  // ---- Elements ---------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  /** Outlines on a square of 24. */
  const ICONS = {
    chat: "M21 12a8.5 8.5 0 0 1-12.4 7.6L3.5 21l1.4-4.9A8.5 8.5 0 1 1 21 12zM8.7 10h6.6M8.7 14h4.2",
    close: "M6 6l12 12M18 6L6 18",
    clear: "M12 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-6M18.5 3.6a1.9 1.9 0 0 1 2.7 2.7L13 14.5l-3.6.9.9-3.6z",
    send: "M12 19.5V5M5.5 11L12 4.5l6.5 6.5",
    thumb: "M7.5 11v9.5h-4V11zm0 .3L11.6 3c1.5.1 2.5 1.2 2.5 2.7v3.8h4.6a2.2 2.2 0 0 1 2.2 2.6l-1.2 6.6a2.2 2.2 0 0 1-2.2 1.8h-10",
    quote: "M10 7c-3 1-4.5 3-4.5 6v3.5h4.5V13H8c0-1.8.6-2.8 2-3.5zm8.5 0c-3 1-4.5 3-4.5 6v3.5h4.5V13h-2c0-1.8.6-2.8 2-3.5z",
    copy: "M9 9h11v11H9zM5 15H4V4h11v1",
    done: "M5 12.5l4.5 4.5L19 7.5",
    unfold: "M6 9.5l6 6 6-6",
  };

  /**
   * An element with properties, `attributes` and children. Text becomes text nodes, never
   * markup; a child that is false, null or empty is left out.
   */
  function element(name, { attributes = {}, ...properties } = {}, ...children) {
    const created = Object.assign(document.createElement(name), properties);
    for (const [key, value] of Object.entries(attributes)) {
      created.setAttribute(key, value);
    }
    created.append(...children.filter(Boolean));
    return created;
  }

  function icon(name) {
    const drawing = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    const outline = {
      viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.8",
      "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
    };
    for (const [key, value] of Object.entries(outline)) drawing.setAttribute(key, value);
    path.setAttribute("d", ICONS[name]);
    drawing.append(path);
    return drawing;
  }

  /** A button that shows an icon and is called by its label. */
  function iconButton(name, label, onclick, className = "icon-button") {
    const created = button("", onclick, className, icon(name));
    created.title = label;
    created.setAttribute("aria-label", label);
    return created;
  }

  function button(text, onclick, className, ...children) {
    return element("button", { type: "button", className, onclick }, text, ...children);
  }

  /** A button that shows and hides another element. */
  function disclosure(label, shown, className, ...children) {
    const opener = button(label, () => toggle(), className, ...children);
    const toggle = (open = shown.hidden) => {
      shown.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
    };
    toggle(false);
    return Object.assign(opener, { toggle });
  }

  // ---- Colours ----------------------------------------------------------------------

  const WHITE = [1, 1, 1];
  const BLACK = [0, 0, 0];
  const DEFAULT_ACCENT = [0.184, 0.365, 0.541];
  const PAPERS = { light: WHITE, dark: [0.118, 0.129, 0.145] };
  /** Contrast of text with the paper: WCAG asks for 4.5; on dark, thin strokes need more. */
  const LEAST_CONTRAST = { light: 4.6, dark: 7 };

  /** A CSS colour as [red, green, blue] from 0 to 1, or null when it is none. */
  function channels(colour, place) {
    const probe = element("i", { hidden: true });
    probe.style.color = `color-mix(in srgb, ${colour}, ${colour})`;
    if (!probe.style.color) return null;
    place.append(probe);
    const found = getComputedStyle(probe).color.match(/srgb ([-\d.e]+) ([-\d.e]+) ([-\d.e]+)/);
    probe.remove();
    return found && found.slice(1).map((value) => Math.min(Math.max(Number(value), 0), 1));
  }

  /** The relative luminance that WCAG 2.2 defines. */
  function luminance(rgb) {
    const linear = rgb.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  /** The contrast ratio that WCAG 2.2 defines, 1 to 21. */
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour, darkened or lightened until text in it can be read on a scheme's paper. */
  function legible(rgb, scheme) {
    const ink = scheme === "light" ? BLACK : WHITE;
    for (let share = 0; share < 1; share += 0.05) {
      const mixed = rgb.map((value, channel) => value + (ink[channel] - value) * share);
      if (contrast(mixed, PAPERS[scheme]) >= LEAST_CONTRAST[scheme]) return mixed;
    }
    return ink;
  }

  /** The rules that colour the widget with an accent, whatever its brightness. */
  function accentRules(accent, place) {
    const rgb = (accent && channels(accent, place)) || DEFAULT_ACCENT;
    const css = (colour) => `rgb(${colour.map((c) => Math.round(c * 255)).join(" ")})`;
    const onFill = contrast(WHITE, rgb) >= 4.5 ? WHITE : BLACK;
    return `.root {
      --fill: ${css(rgb)}; --on-fill: ${css(onFill)};
      --accent-on-light: ${css(legible(rgb, "light"))};
      --accent-on-dark: ${css(legible(rgb, "dark"))}; }`;
  }

  // ---- The server -------------------------------------------------------------------

  /** What kept the server from answering; `key` names the interface's words for it. */
  class ServerError extends Error {
    constructor(key, message = "", status = 0) {
      super(message);
      Object.assign(this, { key, status });
    }
  }

  /** The server's API under a base address. */
  class Server {
    constructor(base) {
      this.base = base;
    }

    /** The reply to a message; raises `ServerError`. */
    ask(message, conversation, signal) {
      return this.#request("api/chat", { message, conversation }, signal);
    }

    /** Takes note of a rating, "up" or "down"; raises `ServerError`. */
    async rate(id, rating, comment) {
      await this.#request("api/feedback", { id, rating, ...(comment && { comment }) });
    }

    /** Questions to begin with; none when the server has none to give. */
    async suggestions() {
      try {
        return (await this.#request("api/suggestions")).suggestions ?? [];
      } catch {
        return [];
      }
    }

    /** The address of a path that the server gave, always on that server. */
    address(path) {
      return new URL(path.replace(/^\/*/, "./"), this.base).href;
    }

    /** The JSON of a response, or null without any; raises `ServerError`. */
    async #request(path, body, signal) {
      const stop = new AbortController();
      signal?.addEventListener("abort", () => stop.abort());
      const timer = setTimeout(() => stop.abort("slow"), TIMEOUT_MS);
      const sent = body && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      };
      const options = { credentials: "omit", signal: stop.signal, ...sent };
      try {
        const response = await fetch(new URL(path, this.base), options).catch((error) => {
          if (stop.signal.aborted) throw error;
          this.#tellOwner();
          throw new ServerError("offline");
        });
        if (response.status === 204) return null;
        const answer = await response.json().catch(() => null);
        if (response.ok && answer) return answer;
        throw new ServerError("failed", answer?.error?.message, response.status);
      } catch (error) {
        throw stop.signal.reason === "slow" ? new ServerError("slow") : error;
      } finally {
        clearTimeout(timer);
      }
    }

    /** A browser does not tell a refused site from a lost server; its owner must know. */
    #tellOwner() {
      if (new URL(this.base).origin === location.origin) return;
      console.warn(
        `${TAG}: no answer from ${this.base}. If that server runs, allow this site there ` +
          `with CHATBOT_ALLOWED_ORIGINS=${location.origin}`,
      );
    }
  }

  // ---- Memory -----------------------------------------------------------------------

  /**
   * What a tab remembers of a conversation while its visitor reloads or moves between
   * pages: {conversation, exchanges: [{question, reply, rating, comment}], at, open}, and apart
   * from it, as it changes with every key, the draft of a question. A day after the last
   * reply, at the time `at`, the server forgets the conversation, and so does the tab.
   */
  class Memory {
    constructor(key) {
      this.key = key;
      this.draftKey = `${key} draft`;
    }

    get draft() {
      try {
        return sessionStorage.getItem(this.draftKey) ?? "";
      } catch {
        return "";
      }
    }

    set draft(text) {
      try {
        sessionStorage.setItem(this.draftKey, text);
      } catch {
        // A browser that keeps nothing.
      }
    }

    load() {
      try {
        const kept = JSON.parse(sessionStorage.getItem(this.key));
        if (kept?.exchanges && !(Date.now() - kept.at >= KEPT_MS)) return kept;
      } catch {
        // A browser that keeps nothing, or something else under this key.
      }
      return { exchanges: [] };
    }

    save(state) {
      let exchanges = state.exchanges.filter((exchange) => exchange.reply).slice(-MOST_KEPT);
      for (;;) {
        try {
          sessionStorage.setItem(this.key, JSON.stringify({ ...state, exchanges }));
          return;
        } catch {
          if (!exchanges.length) return;
          exchanges = exchanges.slice(Math.ceil(exchanges.length / 2));
        }
      }
    }
  }

  // ---- Views of a reply -------------------------------------------------------------

  /**
   * What views need beside the data.
   * @typedef {{words: Record<string, string>, server: Server,
   *   ask: (text: string) => void, rate: Function, announce: (text: string) => void}} Context
   */

  /** A question with what came back for it: a reply, or later one. */
  function exchangeView(exchange, context) {
    const view = element(
      "div",
      { className: "exchange" },
      element("span", { className: "unseen" }, context.words.you),
      element("p", { className: "question" }, exchange.question),
    );
    if (exchange.reply) view.append(replyView(exchange, context));
    return view;
  }

  function replyView(exchange, context) {
    const { reply } = exchange;
    const [first, ...rest] = quotesOf(reply);
    const others = rest.filter((quote) => !isWithin(quote, first));
    return element(
      "div",
      { className: "reply" },
      ...notes(reply, context.words),
      first
        ? quoteView(first, context)
        : element("p", { className: "said", dir: "auto" }, reply.text),
      others.length > 0 && placesView(first, others, context),
      first && actionsView(exchange, first, context),
    );
  }

  /** The quotes that answer; none when the reply is not an answer. */
  function quotesOf(reply) {
    return reply.kind === "answer" ? (reply.quotes ?? []) : [];
  }

  /** Whether a quote stands in the passage of another. */
  function isWithin(quote, { source, passage }) {
    return quote.source === source && quote.start < passage.end && quote.end > passage.start;
  }

  /** What became of the conversation, was corrected, and taken over from earlier questions. */
  function notes({ notice, interpretation: reading }, words) {
    const corrected = (reading?.corrected ?? []).map((pair) => filled(words.corrected, ...pair));
    const about = reading?.follow_up_of ? [filled(words.about, reading.follow_up_of)] : [];
    return [notice, ...corrected, ...about].filter(Boolean).map((note) =>
      element("p", { className: "note", dir: "auto" }, note),
    );
  }

  /** A quote, its passage around it to be unfolded, and where it stands. */
  function quoteView(quote, context) {
    const { words } = context;
    // Offsets count code points, as the elements of this array do.
    const passage = Array.from(quote.passage.text);
    const before = passage.slice(0, quote.start - quote.passage.start).join("");
    const after = passage.slice(quote.end - quote.passage.start).join("");
    const around = [before, after].map((text) =>
      element("span", { className: "context", hidden: true }, text),
    );
    const block = element("blockquote", { className: "words", dir: "auto" });
    block.append(around[0], element("mark", {}, quote.text), around[1]);
    const figure = element("figure", { className: "quote" }, block);
    if (before.trim() || after.trim()) figure.append(unfolding(block, around, words));
    figure.append(citation(quote, context));
    return figure;
  }

  /** The button that shows the passage around a quote, and hides it again. */
  function unfolding(block, around, words) {
    const label = element("span", {}, words.more);
    const opener = element(
      "button",
      { type: "button", className: "text-button", attributes: { "aria-expanded": "false" } },
      label,
      icon("unfold"),
    );
    opener.onclick = () => {
      const whole = block.classList.toggle("whole");
      for (const part of around) part.hidden = !whole;
      label.textContent = whole ? words.less : words.more;
      opener.setAttribute("aria-expanded", String(whole));
    };
    return opener;
  }

  /** Where a quote stands, as the parts of a line of text. */
  function placeOf(quote, words) {
    return [quote.source, quote.heading, filled(words.line, quote.line)].filter(Boolean);
  }

  /** Document, heading and line as a link to the source page, and the record's own page. */
  function citation(quote, { words, server }) {
    const place = element("bdi", {}, placeOf(quote, words).join(" · "));
    const page = webAddress(quote.url);
    return element(
      "figcaption",
      { className: "caption" },
      quote.link ? outwardLink(server.address(quote.link), place, words) : place,
      page && " · ",
      page && outwardLink(page.href, page.host, words),
    );
  }

  function outwardLink(href, text, words) {
    const hint = element("span", { className: "unseen" }, ` (${words.newTab})`);
    return element("a", { href, target: "_blank", rel: "noopener" }, text, hint);
  }

  /** An address on the web, or null: documents may hold addresses of any kind. */
  function webAddress(text) {
    try {
      const address = new URL(text);
      return ["http:", "https:"].includes(address.protocol) ? address : null;
    } catch {
      return null;
    }
  }

  /** The shortest name for a quote's place that is none of another quote's. */
  function placeName(quote, quotes, words) {
    const short = (each) =>
      `${each.heading || each.title || each.source} · ${filled(words.line, each.line)}`;
    const whole = (each) => placeOf(each, words).join(" · ");
    const begun = (each) => `${short(each)} · ${beginning(each.text)}`;
    const isOwn = (name) => quotes.filter((each) => name(each) === name(quote)).length === 1;
    return ([short, whole].find(isOwn) ?? begun)(quote);
  }

  /** The first words of a text, as many as a label has room for. */
  function beginning(text) {
    const begun = [...text].slice(0, MOST_BEGUN).join("");
    return begun === text ? text : `${begun.replace(/\s+\S*$/, "")} …`;
  }

  /** Other places than the first that answer, as chips that show them one at a time. */
  function placesView(first, quotes, context) {
    const openers = [];
    const items = quotes.map((quote) => {
      const place = element("div", { className: "place", hidden: true }, quoteView(quote, context));
      const label = element("bdi", {}, placeName(quote, [first, ...quotes], context.words));
      const opener = disclosure("", place, "chip", label);
      opener.addEventListener("click", () => {
        for (const other of openers) if (other !== opener) other.toggle(false);
      });
      openers.push(opener);
      return { place, opener };
    });
    return element(
      "div",
      {},
      element("p", { className: "label" }, context.words.places),
      chipList(openers, "chips places"),
      ...items.map((item) => item.place),
    );
  }

  function chipList(buttons, className) {
    return element("ul", { className }, ...buttons.map((chip) => element("li", {}, chip)));
  }

  /** Questions to ask next, or the headings to choose from. */
  function nextView(texts, label, className, context) {
    const chips = texts.map((text) => {
      const chip = button(text, () => context.ask(text), "chip");
      chip.dir = "auto";
      return chip;
    });
    return element(
      "div",
      { className: "next" },
      label && element("p", { className: "label" }, label),
      chipList(chips, className),
    );
  }

  /** What can be done with an answer: rate it, copy it, see why it was given. */
  function actionsView(exchange, quote, context) {
    const reasons = exchange.reply.interpretation?.in_words ?? [];
    const why = element("ul", { className: "reasons small" });
    why.append(...reasons.map((reason) => element("li", { dir: "auto" }, reason)));
    const after = element("div", {});
    const row = element(
      "div",
      { className: "actions" },
      ...(exchange.reply.id ? ratingButtons(exchange, after, context) : []),
      navigator.clipboard && copyButton(quote, after, context),
      reasons.length > 0 && disclosure(context.words.why, why, "text-button", icon("unfold")),
    );
    return element("div", {}, row, why, after);
  }

  function copyButton(quote, after, { words, server, announce }) {
    const copy = iconButton("copy", words.copy, async () => {
      const lines = [quote.text, placeOf(quote, words).join(" · ")];
      if (quote.link) lines.push(server.address(quote.link));
      try {
        await navigator.clipboard.writeText(lines.join("\n"));
        copy.replaceChildren(icon("done"));
        announce(words.copied);
      } catch {
        after.replaceChildren(alertView(words.notCopied));
      }
    });
    return copy;
  }

  /** 👍 and 👎; the pressed one asks for a word, which nobody has to give. */
  function ratingButtons(exchange, after, context) {
    const { words } = context;
    const buttons = { up: null, down: null };
    const show = () => {
      for (const [rating, each] of Object.entries(buttons)) {
        each.setAttribute("aria-pressed", String(exchange.rating === rating));
      }
    };
    const rate = async (rating) => {
      const earlier = exchange.rating;
      exchange.rating = rating;
      show();
      try {
        await context.rate(exchange, "");
        after.replaceChildren(commentView(exchange, after, context));
      } catch {
        exchange.rating = earlier;
        show();
        after.replaceChildren(alertView(words.unsent));
      }
    };
    buttons.up = iconButton("thumb", words.up, () => rate("up"));
    buttons.down = iconButton("thumb", words.down, () => rate("down"), "icon-button flip");
    show();
    return [buttons.up, buttons.down];
  }

  function commentView(exchange, after, context) {
    const { words } = context;
    const id = `comment-${exchange.reply.id}`;
    const input = element("input", { id, maxLength: 500, autocomplete: "off" });
    input.value = exchange.comment ?? "";
    input.oninput = () => (exchange.comment = input.value);
    const problem = element("div", {});
    const form = element(
      "form",
      { className: "comment" },
      element("label", { className: "label", htmlFor: id }, words.comment),
      input,
      element("button", { className: "plain-button" }, words.send),
      problem,
    );
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (!input.value.trim()) return;
      try {
        await context.rate(exchange, input.value.trim());
        after.replaceChildren(element("p", { className: "small" }, words.thanks));
        context.announce(words.thanks);
        context.focus();
      } catch {
        problem.replaceChildren(alertView(words.unsent));
      }
    };
    return form;
  }

  function alertView(...children) {
    return element("div", { className: "problem", attributes: { role: "alert" } }, ...children);
  }

  function waitingView(words) {
    const dots = element("span", { className: "dots", attributes: { "aria-hidden": "true" } });
    dots.append(...[1, 2, 3].map(() => element("i")));
    return element("div", { className: "waiting note" }, dots, words.waiting);
  }

  /** What a screen reader says of a reply. */
  function spoken(reply, words) {
    const [quote] = quotesOf(reply);
    if (!quote) return reply.text;
    return [quote.text, ...placeOf(quote, words)].join(" — ");
  }

  // ---- The element ------------------------------------------------------------------

  class ChatbotWidget extends HTMLElement {
    static observedAttributes = [...OPTIONS, "lang"];

    #shadow = this.attachShadow({ mode: "open" });
    #accent = new CSSStyleSheet();
    #narrow = matchMedia(FULL_SCREEN);
    #listening = null;
    #asking = null;
    #queue = Promise.resolve();
    #starters = null;
    #parts = null;
    #memory;
    #state;
    #context;

    constructor() {
      super();
      this.#shadow.adoptedStyleSheets = [styleSheet, this.#accent];
    }

    connectedCallback() {
      const server = new Server(serverBase(this));
      this.#memory = new Memory([TAG, server.base, this.id].join(" "));
      this.#state = this.#memory.load();
      this.#context = {
        server,
        ask: (text) => this.ask(text),
        rate: (exchange, comment) => this.#rate(exchange, comment),
        announce: (text) => this.#announce(text),
        focus: () => this.#focusInput(),
      };
      const refused = this.#takeOver();
      this.#render();
      this.#listen();
      const wanted = this.hasAttribute("open") || this.#state.open;
      if (this.#isInline || (wanted && !this.#narrow.matches)) this.#show({ focus: false });
      else if (!this.#isInline) this.removeAttribute("open");
      if (refused) this.#giveBack("", refused);
    }

    disconnectedCallback() {
      this.#asking?.abort();
      this.#listening?.abort();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#parts || before === after) return;
      if (name !== "open") this.#render();
      else if (this.#isOpen && after === null) this.close();
      else if (!this.#isOpen && after !== null) this.open();
    }

    /** Shows the panel and puts the cursor into the question field. */
    open() {
      this.#show({ focus: true });
    }

    /** Hides the panel; the launcher takes over the focus that was in it. */
    close() {
      if (this.#isInline || !this.#isOpen) return;
      const focused = this.#shadow.activeElement;
      this.#parts.panel.close();
      this.removeAttribute("open");
      this.#parts.launcher.setAttribute("aria-expanded", "false");
      this.#parts.launcher.replaceChildren(icon("chat"));
      if (focused) this.#parts.launcher.focus();
      this.#remember({ open: false });
    }

    /** Asks as if the visitor had typed it; resolves to the reply, or undefined. */
    ask(text) {
      const question = String(text).trim();
      if (!question) return Promise.resolve();
      this.open();
      const length = [...question].length;
      if (length > MOST_CHARACTERS) {
        this.#giveBack(question, this.#tooLong(length));
        return Promise.resolve();
      }
      const answered = this.#queue.then(() => this.#exchange(question));
      this.#queue = answered.catch(() => {});
      return answered;
    }

    /** Begins a new conversation. */
    clear() {
      this.#asking?.abort();
      this.#state = { exchanges: [], open: this.#state.open };
      this.#remember({});
      this.#render();
      this.#show({ focus: true });
    }

    get #isInline() {
      return this.hasAttribute("inline");
    }

    get #isOpen() {
      return this.#isInline || Boolean(this.#parts?.panel.open);
    }

    /**
     * Takes the place of what stands inside the element for browsers without JavaScript,
     * and takes over the exchange in it; a question that was refused becomes a draft.
     * Gives what it was refused with.
     */
    #takeOver() {
      const script = this.querySelector('script[type="application/json"]');
      this.replaceChildren();
      if (!script) return "";
      const { question, reply, problem } = JSON.parse(script.textContent);
      if (!reply) {
        this.#memory.draft = question;
        return problem;
      }
      this.#state.exchanges.push({ question, reply });
      this.#remember({ conversation: reply.conversation, at: Date.now() });
      return "";
    }

    // -- Building

    /** Builds all that is shown from the options and the state. */
    #render() {
      const draft = this.#parts?.input.value ?? this.#memory.draft;
      const language = this.getAttribute("language") ?? this.closest("[lang]")?.lang ?? "";
      const code = wordsCode(language);
      const words = { ...WORDS[code || "en"] };
      for (const name of ["title", "greeting", "placeholder"]) {
        words[name] = this.getAttribute(name) || words[name];
      }
      this.#context.words = words;
      const parts = this.#build(words);
      const root = element("div", { className: "root", title: "", lang: code || "en" });
      if (code) root.dir = RIGHT_TO_LEFT.includes(code) ? "rtl" : "ltr";
      if (parts.launcher) root.append(parts.launcher);
      root.append(parts.panel);
      this.#shadow.replaceChildren(root);
      this.#accent.replaceSync(accentRules(this.getAttribute("accent"), root));
      const startsRight = getComputedStyle(root).direction === "rtl";
      root.dataset.side = this.getAttribute("position") ?? (startsRight ? "left" : "right");
      const wasOpen = this.#isOpen;
      this.#parts = { root, ...parts };
      parts.input.value = draft;
      this.#fitInput();
      this.#fillLog();
      if (wasOpen) this.#show({ focus: false });
    }

    #build(words) {
      const inline = this.#isInline;
      const log = element("div", {
        className: "log",
        tabIndex: 0,
        attributes: { role: "log", "aria-live": "off", "aria-label": words.log },
      });
      const announcer = element("div", {
        className: "unseen",
        attributes: { role: "status", "aria-live": "polite" },
      });
      const input = this.#buildInput(words);
      const composer = this.#buildComposer(input, words);
      const panel = element(
        inline ? "section" : "dialog",
        { className: `panel ${inline ? "inline" : "floating"}`, attributes: { part: "panel" } },
        this.#buildTop(words),
        log,
        composer,
        announcer,
      );
      panel.setAttribute("aria-labelledby", "title");
      const refusal = element("p", {
        id: "refusal", className: "problem", dir: "auto", hidden: true,
      });
      composer.prepend(refusal);
      const launcher = inline
        ? null
        : iconButton("chat", words.open, () => this.#toggle(), "launcher");
      launcher?.setAttribute("aria-expanded", "false");
      this.#listenToKeys(panel, launcher);
      return { panel, launcher, log, input, refusal, announcer };
    }

    #buildTop(words) {
      return element(
        "div",
        { className: "top" },
        element("span", { className: "badge" }, icon("quote")),
        element("h2", { id: "title", className: "title", dir: "auto" }, words.title),
        iconButton("clear", words.clear, () => this.clear()),
        !this.#isInline && iconButton("close", words.close, () => this.close()),
      );
    }

    #buildInput(words) {
      const input = element("textarea", {
        id: "question",
        rows: 1,
        dir: "auto",
        placeholder: words.placeholder,
        enterKeyHint: "send",
        attributes: { autocomplete: "off", "aria-describedby": "refusal" },
      });
      input.oninput = () => {
        this.#fitInput();
        this.#refuse("");
        this.#memory.draft = input.value;
      };
      input.onkeydown = (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        input.form.requestSubmit();
      };
      return input;
    }

    #buildComposer(input, words) {
      const form = element(
        "form",
        { className: "composer" },
        element("label", { className: "unseen", htmlFor: "question" }, words.placeholder),
        input,
        iconButton("send", words.send, null, "send"),
      );
      form.lastChild.type = "submit";
      form.onsubmit = (event) => {
        event.preventDefault();
        const text = input.value;
        if (this.#asking || !text.trim()) return;
        input.value = "";
        this.ask(text);
        this.#fitInput();
      };
      return form;
    }

    /** Escape closes; what is typed here is no shortcut of the page. */
    #listenToKeys(panel, launcher) {
      const escape = (event) => {
        if (event.key !== "Escape" || event.isComposing || !launcher) return;
        if (!this.#isOpen) return;
        event.preventDefault();
        this.close();
      };
      for (const part of [panel, launcher]) part?.addEventListener("keydown", escape);
      for (const type of ["keydown", "keyup", "keypress"]) {
        panel.addEventListener(type, (event) => event.stopPropagation());
      }
      panel.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.close();
      });
    }

    /** Keeps a full-screen panel above the keyboard, and modal only while it is one. */
    #listen() {
      this.#listening = new AbortController();
      const { signal } = this.#listening;
      const { style } = this;
      const viewport = window.visualViewport;
      const fit = () => {
        const isZoomed = viewport.scale > 1.01;
        style.setProperty("--viewport-height", isZoomed ? "" : `${viewport.height}px`);
        style.setProperty("--viewport-top", isZoomed ? "" : `${viewport.offsetTop}px`);
      };
      if (viewport && !this.#isInline) {
        viewport.addEventListener("resize", fit, { signal });
        viewport.addEventListener("scroll", fit, { signal });
      }
      const change = () => {
        if (this.#isInline || !this.#isOpen) return;
        this.#parts.panel.close();
        this.#show({ focus: false });
      };
      this.#narrow.addEventListener("change", change, { signal });
    }

    #fitInput() {
      const { input } = this.#parts;
      input.style.height = "auto";
      if (input.scrollHeight) input.style.height = `calc(${input.scrollHeight}px + 2px)`;
    }

    // -- Showing

    #toggle() {
      if (this.#isOpen) this.close();
      else this.open();
    }

    #show({ focus }) {
      if (!this.#parts) return;
      const { panel, launcher } = this.#parts;
      if (!this.#isOpen) {
        if (this.#narrow.matches) panel.showModal();
        else panel.setAttribute("open", "");
        launcher.setAttribute("aria-expanded", "true");
        launcher.replaceChildren(icon("close"));
        this.#scrollToLast();
        this.#fitInput();
        this.setAttribute("open", "");
        this.#remember({ open: true });
      }
      this.#offerStarters();
      if (focus) this.#focusInput();
    }

    /** Focus goes to the question, except where that would raise a keyboard on screen. */
    #focusInput() {
      const { input, log } = this.#parts;
      const onTouch = matchMedia("(pointer: coarse)").matches;
      const target = onTouch && this.#shadow.activeElement !== input ? log : input;
      target.focus({ preventScroll: true });
    }

    /** The conversation so far, and what may be asked next. */
    #fillLog() {
      const { log } = this.#parts;
      const { words } = this.#context;
      const greeting = element("p", { className: "greeting", dir: "auto" }, words.greeting);
      const exchanges = this.#state.exchanges;
      log.replaceChildren(greeting, ...exchanges.map((each) => exchangeView(each, this.#context)));
      const last = exchanges.at(-1);
      if (last) this.#offerNext(last.reply);
      this.#scrollToLast();
    }

    /** Questions to begin with, asked for when the visitor first sees the panel. */
    async #offerStarters() {
      const isNew = () => !this.#parts.log.querySelector(".exchange, .next");
      if (!isNew()) return;
      const starters = await (this.#starters ??= this.#context.server.suggestions());
      if (!isNew() || !starters.length) return;
      const { words } = this.#context;
      this.#parts.log.append(nextView(starters, words.starters, "chips", this.#context));
    }

    #offerNext(reply) {
      const texts = reply?.suggestions ?? [];
      if (!texts.length) return;
      const chooses = reply.kind === "clarify";
      const label = chooses ? "" : this.#context.words.suggestions;
      const className = chooses ? "chips choices" : "chips";
      this.#parts.log.append(nextView(texts, label, className, this.#context));
    }

    #scrollToLast() {
      const { log } = this.#parts;
      const last = [...log.querySelectorAll(".exchange")].at(-1);
      if (!last) return;
      const above = last.getBoundingClientRect().top - log.getBoundingClientRect().top;
      log.scrollTop += above - SCROLL_MARGIN;
    }

    #announce(text) {
      const { announcer } = this.#parts;
      announcer.textContent = "";
      requestAnimationFrame(() => (announcer.textContent = text));
    }

    // -- Asking

    /** Shows a question and, as soon as it is there, its reply. */
    async #exchange(question) {
      const { words, server } = this.#context;
      const state = this.#state;
      const asking = new AbortController();
      this.#asking = asking;
      const exchange = { question };
      const { log } = this.#parts;
      const next = log.querySelectorAll(".next");
      for (const old of next) old.remove();
      this.#refuse("");
      const view = exchangeView(exchange, this.#context);
      log.append(view);
      this.#scrollToLast();
      this.#memory.draft = question;
      const waiting = waitingView(words);
      const timer = setTimeout(() => view.append(waiting), TYPING_AFTER_MS);
      try {
        const reply = await server.ask(question, state.conversation, asking.signal);
        if (state !== this.#state) return undefined;
        exchange.reply = reply;
        state.exchanges.push(exchange);
        state.conversation = reply.conversation;
        state.at = Date.now();
        view.append(replyView(exchange, this.#context));
        this.#offerNext(reply);
        this.#announce(spoken(reply, words));
        this.#remember({});
        this.#memory.draft = this.#parts.input.value;
        this.#emit("reply", { question, reply });
        return reply;
      } catch (error) {
        const isWanted = state === this.#state && !asking.signal.aborted;
        if (isWanted) {
          this.#showProblem(error, question, view);
          if (!view.isConnected) log.append(...next);
        }
        return undefined;
      } finally {
        clearTimeout(timer);
        waiting.remove();
        if (this.#asking === asking) this.#asking = null;
        if (state === this.#state) this.#scrollToLast();
      }
    }

    /**
     * Says what to do; “Try again” asks the same question again, and one that the server
     * does not take as it is goes back into its field.
     */
    #showProblem(error, question, view) {
      if (!(error instanceof ServerError)) console.error(error);
      const { words } = this.#context;
      const known = error instanceof ServerError && error.status < 500 && error.message;
      const message = known || words[error.key] || words.failed;
      if (UNUSABLE.includes(error.status)) {
        view.remove();
        this.#giveBack(question, message, error.status);
        return;
      }
      const retry = button(words.retry, () => {
        view.remove();
        this.ask(question);
      }, "plain-button");
      view.append(alertView(message, retry));
      this.#emit("error", { question, message, status: error.status ?? 0 });
    }

    /** Puts a question that cannot be sent back before what is in the field. */
    #giveBack(question, message, status = 0) {
      const { input } = this.#parts;
      input.value = [question, input.value].filter(Boolean).join("\n");
      this.#memory.draft = input.value;
      this.#refuse(message);
      this.#fitInput();
      this.#announce(message);
      if (question) this.#emit("error", { question, message, status });
    }

    /** Says beside the field why its text cannot be sent; "" takes that back. */
    #refuse(message) {
      const { input, refusal } = this.#parts;
      refusal.textContent = message;
      refusal.hidden = !message;
      input.setAttribute("aria-invalid", String(Boolean(message)));
    }

    #tooLong(length) {
      const { root } = this.#parts;
      const shown = [length, MOST_CHARACTERS].map((count) => count.toLocaleString(root.lang));
      return filled(this.#context.words.tooLong, ...shown);
    }

    async #rate(exchange, comment) {
      const { rating, reply } = exchange;
      await this.#context.server.rate(reply.id, rating, comment);
      this.#remember({});
      this.#emit("feedback", { id: reply.id, rating, comment });
    }

    #remember(changes) {
      Object.assign(this.#state, changes);
      this.#memory.save(this.#state);
    }

    #emit(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    }
  }

  // ---- Its place on the page --------------------------------------------------------

  /** The server's address, with a slash at its end: where its `widget.js` lies. */
  function serverBase(widget) {
    const server = widget.getAttribute("server");
    if (!server) return new URL(".", SCRIPT?.src || location.href).href;
    return new URL(server.replace(/\/*$/, "/"), location.href).href;
  }

  /** Places the widget that the script tag asks for, unless the page has one. */
  function place() {
    const { target, manual, ...given } = SCRIPT?.dataset ?? {};
    if (manual !== undefined || document.querySelector(TAG)) return;
    const widget = element(TAG);
    for (const name of OPTIONS) if (name in given) widget.setAttribute(name, given[name]);
    const home = target && document.querySelector(target);
    if (target && !home) console.warn(`${TAG}: no element matches data-target="${target}".`);
    widget.toggleAttribute("inline", Boolean(home) || "inline" in given);
    (home || document.body).append(widget);
  }

  customElements.define(TAG, ChatbotWidget);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})();
