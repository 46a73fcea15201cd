import { all, any, argument, call, field, text } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const origin = {
  id: "origin",
  cwe: 942,
  sentence: "Every site may use this from a visitor's browser: name the ones that need it.",
} as const;
const allOrigins = (kind: string, strings: readonly string[]): Matcher =>
  call(
    kind,
    "(?i)(header|set|add|insert|writeHeader|append)$",
    argument(any(...strings.map((one) => text(one, "(?i)Access-Control-Allow-Origin")))),
    argument({ regex: "^[\"'`]\\*[\"'`]$" }),
  );

/** What is open, or tells too much, unless somebody changes it. */
export const defaults = topic(
  "default",
  {
    cwe: 489,
    severity: "medium",
    sentence: "Debugging is on for everybody here: take it from the environment, off by default.",
  },
  {
    python: [
      {
        find: any(
          call(
            "call",
            "(^|\\.)app\\.run$|^(app|application)\\.run$",
            argument(text("keyword_argument", "^debug\\s*=\\s*True$")),
          ),
          all(text("assignment", "^DEBUG\\s*=\\s*True$"), {
            inside: { kind: "expression_statement", inside: { kind: "module" } },
          }),
        ),
        bad: ["app.run(debug=True)", "DEBUG = True"],
        good: ['DEBUG = os.environ.get("DEBUG") == "1"', "app.run()", "def f():\n    DEBUG = True"],
      },
      {
        ...origin,
        find: any(
          text("keyword_argument", "^(allow_origins|origins)\\s*=\\s*(\\[\\s*)?[\"']\\*[\"'](\\s*\\])?$"),
          all(text("assignment", "^(CORS_ALLOW_ALL_ORIGINS|CORS_ORIGIN_ALLOW_ALL)\\s*=\\s*True$")),
          all(text("assignment", "^ALLOWED_HOSTS\\s*=\\s*\\[\\s*[\"']\\*[\"']\\s*\\]$")),
          text("assignment", "(?i)headers\\[[\"']Access-Control-Allow-Origin[\"']\\]\\s*=\\s*[\"']\\*[\"']$"),
          call("call", "^CORS$", {
            not: argument({ kind: "keyword_argument", regex: "^(origins|resources)" }),
          }),
        ),
        bad: [
          'app.add_middleware(CORSMiddleware, allow_origins=["*"])',
          "CORS(app)",
          'ALLOWED_HOSTS = ["*"]',
          'response.headers["Access-Control-Allow-Origin"] = "*"',
        ],
        good: ["CORS(app, origins=ORIGINS)", "app.add_middleware(CORSMiddleware, allow_origins=origins)"],
      },
    ],
    javascript: [
      {
        ...origin,
        find: any(
          call("call_expression", "^cors$", { has: { field: "arguments", regex: "^\\(\\s*\\)$" } }),
          call(
            "call_expression",
            "^cors$",
            argument(
              all({ kind: "object" }, { has: text("pair", "^origin\\s*:\\s*(true|[\"'`]\\*[\"'`])$") }),
            ),
          ),
          allOrigins("call_expression", ["string"]),
          text("pair", "(?i)^[\"']Access-Control-Allow-Origin[\"']\\s*:\\s*[\"'`]\\*[\"'`]$"),
        ),
        bad: [
          "app.use(cors());",
          'app.use(cors({ origin: "*" }));',
          'res.setHeader("Access-Control-Allow-Origin", "*");',
          'reply({ headers: { "Access-Control-Allow-Origin": "*" } });',
        ],
        good: [
          "app.use(cors({ origin: origins }));",
          'res.setHeader("Access-Control-Allow-Origin", origin);',
        ],
      },
    ],
    go: [
      {
        ...origin,
        find: any(
          allOrigins("call_expression", ["interpreted_string_literal"]),
          text(
            "keyed_element",
            '^(AllowAllOrigins\\s*:\\s*true|(AllowOrigins|AllowedOrigins)\\s*:\\s*\\[\\]string\\{"\\*"\\})$',
          ),
          call("call_expression", "^cors\\.(Default|AllowAll)$"),
        ),
        bad: [
          'package a\nfunc f() {\n\tw.Header().Set("Access-Control-Allow-Origin", "*") // here\n}',
          "package a\nvar c = cors.Config{AllowAllOrigins: true} // here",
        ],
        good: ['package a\nfunc f() { w.Header().Set("Access-Control-Allow-Origin", origin) }'],
      },
    ],
    rust: [
      {
        ...origin,
        find: any(
          call("call_expression", "CorsLayer::(permissive|very_permissive)$|Cors::permissive$"),
          call("call_expression", "\\.allow_origin$", argument({ regex: '^(\\w+::)*Any$|^"\\*"$' }, 1)),
          call("call_expression", "\\.allow_any_origin$"),
        ),
        bad: [
          "fn f() { let c = CorsLayer::permissive(); }",
          "fn f() { CorsLayer::new().allow_origin(Any); }",
        ],
        good: ["fn f() { CorsLayer::new().allow_origin(origin); }"],
      },
    ],
    java: [
      {
        ...origin,
        find: any(
          all({ kind: "marker_annotation" }, { regex: "^@CrossOrigin$" }),
          text("annotation", '^@CrossOrigin\\((origins\\s*=\\s*)?\\{?"\\*"\\}?\\)$'),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^(allowedOrigins|allowedOriginPatterns|addAllowedOrigin)$" }),
            argument({ regex: '^"\\*"$' }),
          ),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^(setHeader|addHeader)$" }),
            argument({ regex: "Access-Control-Allow-Origin" }),
            argument({ regex: '^"\\*"$' }),
          ),
        ),
        bad: [
          "@CrossOrigin\nclass A { }",
          'class A { void f() { registry.addMapping("/**").allowedOrigins("*"); } }',
        ],
        good: ['@CrossOrigin("https://example.com")\nclass A { }'],
      },
      {
        id: "csrf",
        cwe: 352,
        sentence:
          "Other sites may send forms in a visitor's name: leave the protection on, or use no cookies to sign in.",
        find: any(
          text("method_invocation", "(?s)\\bcsrf\\(\\)\\s*\\.disable\\(\\)$"),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^csrf$" }),
            argument({ regex: "disable" }),
          ),
        ),
        bad: [
          "class A { void f() { http.csrf().disable(); } }",
          "class A { void f() { http.csrf(AbstractHttpConfigurer::disable); } }",
        ],
        good: ["class A { void f() { http.csrf(withDefaults()); } }"],
      },
    ],
    cpp: "C++ has no framework for the web that others share",
  },
);
