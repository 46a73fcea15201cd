import { all, any, argument, call, field } from "../matchers.ts";
import { topic } from "../rule.ts";

const tainted = argument({ matches: "tainted" }, 1);
const taintedLater = argument({ matches: "tainted" });

/** Addresses that a request names. */
export const requests = topic(
  "ssrf",
  {
    cwe: 918,
    severity: "high",
    sentence:
      "The address asked here comes from a request, so it may be one inside your own network: take its host from a list.",
  },
  {
    python: [
      {
        find: call(
          "call",
          "^(requests|httpx|session|client)\\.(get|post|put|patch|delete|head|request)$|(^|\\.)urlopen$|^aiohttp\\.request$",
          tainted,
        ),
        bad: [
          "requests.get(request.args['url'])",
          "def f():\n    url = request.json['url']\n    urllib.request.urlopen(url)  # here",
        ],
        good: [
          "requests.get(url, params=request.args)",
          "requests.get(URL)",
          "def f():\n    url = request.json['url']\n    if urlparse(url).hostname not in HOSTS:\n        abort(400)\n    requests.get(url)",
        ],
      },
    ],
    javascript: [
      {
        find: call(
          "call_expression",
          "^(fetch|axios|got|request|undici\\.(fetch|request)|(axios|got|http|https|superagent|needle)\\.(get|post|put|patch|delete|head|request))$",
          tainted,
        ),
        bad: [
          "fetch(req.query.url);",
          "async function f(req) {\n const { url } = req.body;\n await axios.get(url); // here\n}",
        ],
        good: [
          "fetch(address, { body: JSON.stringify(req.body) });",
          `fetch(\`/api/users/\${encodeURIComponent(req.params.id)}\`);`,
        ],
      },
    ],
    go: [
      {
        find: any(
          call("call_expression", "^(http|client|httpClient)\\.(Get|Head|Post|PostForm)$", tainted),
          call("call_expression", "^http\\.NewRequest(WithContext)?$", taintedLater),
        ),
        bad: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\thttp.Get(r.URL.Query().Get("url")) // here\n}',
        ],
        good: ["package a\nfunc f(w http.ResponseWriter, r *http.Request) { http.Get(endpoint) }"],
      },
    ],
    rust: [
      {
        find: call(
          "call_expression",
          "^(reqwest::(blocking::)?get|client\\.(get|post|put|delete|head))$",
          argument(any({ matches: "tainted" }, { matches: "variable" }), 1),
        ),
        bad: [
          "async fn f(Query(q): Query<Params>) { reqwest::get(&q.url).await; }",
          "async fn f(Json(url): Json<String>) { reqwest::get(url).await; }",
        ],
        good: ["async fn f(Query(q): Query<Params>) { reqwest::get(ENDPOINT).await; }"],
      },
    ],
    java: [
      {
        find: any(
          all(
            { kind: "object_creation_expression" },
            field("type", { regex: "^(java\\.net\\.)?(URL|HttpGet|HttpPost)$" }),
            taintedLater,
          ),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^(getForObject|getForEntity|postForObject|postForEntity|exchange)$" }),
            tainted,
          ),
          all(
            { kind: "method_invocation" },
            field("object", { regex: "^URI$" }),
            field("name", { regex: "^create$" }),
            tainted,
          ),
        ),
        bad: [
          'class A { void f() { new URL(request.getParameter("url")).openStream(); } }',
          "class A { String f(@RequestParam String url) {\n return restTemplate.getForObject(url, String.class); // here\n} }",
        ],
        good: ["class A { String f(String url) { return restTemplate.getForObject(url, String.class); } }"],
      },
    ],
    cpp: "what a request is, each framework of C++ says in its own way",
  },
);
