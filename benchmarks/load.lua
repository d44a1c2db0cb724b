-- wrk's script: asks questions in turn, with CHATBOT_EACH_NEW in capitals and small letters
-- as no one did before, or gets the path of CHATBOT_GET, and writes what came of it as a
-- line of JSON.
local questions = {}
for line in io.lines(os.getenv("CHATBOT_QUESTIONS")) do
  questions[#questions + 1] = line
end

local threads = {}

local function in_another_way(question)
  return question:gsub("%a", function(letter)
    return math.random(2) == 1 and letter:upper() or letter:lower()
  end)
end

function setup(thread)
  threads[#threads + 1] = thread
end

function init()
  answered, refused, failed, turn = 0, 0, 0, math.random(#questions)
end

function request()
  local path = os.getenv("CHATBOT_GET")
  if path then
    return wrk.format("GET", path)
  end
  turn = turn % #questions + 1
  local headers = { ["Content-Type"] = "application/json" }
  local question = questions[turn]
  if os.getenv("CHATBOT_EACH_NEW") then
    question = in_another_way(question)
  end
  local body = '{"message": "' .. question .. '"}'
  return wrk.format("POST", "/api/chat", headers, body)
end

function response(status)
  if status == 200 then
    answered = answered + 1
  elseif status == 503 or status == 429 then
    refused = refused + 1
  else
    failed = failed + 1
  end
end

function done(summary, latency)
  local sums = { answered = 0, refused = 0, failed = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do
      sums[name] = sums[name] + thread:get(name)
    end
  end
  local errors = summary.errors
  io.write(string.format(
    '{"seconds": %f, "answered": %d, "refused": %d, "failed": %d, "p50": %f, "p99": %f}\n',
    summary.duration / 1e6, sums.answered, sums.refused,
    sums.failed + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
