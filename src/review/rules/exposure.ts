import { all, any, argument, call, field, text } from "../matchers.ts";
import { topic } from "../rule.ts";

const cookie = {
  id: "cookie",
  cwe: 1004,
  sentence: "Scripts can read this cookie, or it goes over plain HTTP: set httpOnly and secure.",
} as const;
const mode = {
  id: "mode",
  cwe: 732,
  sentence:
    "Everybody on the machine may write this: give the file to those who need it, such as 0o600 or 0o644.",
} as const;
const bind = {
  id: "bind",
  cwe: 1327,
  severity: "low",
  sentence: "This listens on every network of the machine: take 127.0.0.1 unless others have to reach it.",
} as const;
const everywhere = "^[\"'`]0\\.0\\.0\\.0(:\\d+)?[\"'`]$";

/** What others can reach, read or write more than they need to. */
export const exposure = topic(
  "exposure",
  { cwe: 668, severity: "medium", sentence: "More can reach this than need to." },
  {
    python: [
      {
        ...cookie,
        find: call(
          "call",
          "\\.set_cookie$",
          argument({ nthChild: 2 }),
          any(
            { not: argument(text("keyword_argument", "(?i)^httponly\\s*=")) },
            argument(text("keyword_argument", "(?i)^(httponly|secure)\\s*=\\s*False$")),
            { not: argument(text("keyword_argument", "(?i)^secure\\s*=")) },
          ),
          { not: argument({ kind: "dictionary_splat" }) },
        ),
        bad: [
          'response.set_cookie("session", value)',
          'response.set_cookie("session", value, httponly=False, secure=True)',
        ],
        good: [
          'response.set_cookie("session", value, httponly=True, secure=True)',
          'response.set_cookie("session", value, **options)',
        ],
      },
      {
        ...mode,
        find: call("call", "^(os\\.chmod|\\w+\\.chmod|os\\.fchmod)$", argument({ regex: "^0o?(777|666)$" })),
        bad: ["os.chmod(path, 0o777)"],
        good: ["os.chmod(path, 0o600)"],
      },
      {
        ...bind,
        find: any(
          all(text("keyword_argument", "^host\\s*=\\s*[\"']0\\.0\\.0\\.0[\"']$")),
          call("call", "\\.bind$", argument(text("tuple", "^\\([\"'](0\\.0\\.0\\.0)?[\"'],"))),
        ),
        bad: ['app.run(host="0.0.0.0")', 'server.bind(("0.0.0.0", 80))'],
        good: ['app.run(host="127.0.0.1")', 'server.bind(("localhost", 80))'],
      },
    ],
    javascript: [
      {
        ...cookie,
        find: any(
          call("call_expression", "^(res|reply|response)\\.(cookie|setCookie)$", argument({ nthChild: 2 }), {
            not: argument(
              any(
                all({ kind: "object" }, { regex: "httpOnly\\b" }, { regex: "secure\\b" }),
                all({ kind: "object" }, { has: { kind: "spread_element" } }),
                all({ kind: "identifier" }, { nthChild: 3 }),
                all({ kind: "member_expression" }, { nthChild: 3 }),
              ),
            ),
          }),
          text("pair", "^httpOnly\\s*:\\s*false$"),
        ),
        bad: [
          'res.cookie("session", id);',
          'res.cookie("session", id, { maxAge: 1 });',
          "app.use(session({ cookie: { httpOnly: false } }));",
        ],
        good: [
          'res.cookie("session", id, { httpOnly: true, secure: true });',
          'res.cookie("session", id, options);',
        ],
      },
      {
        ...mode,
        find: call(
          "call_expression",
          "(^|\\.)f?chmod(Sync)?$",
          argument({ regex: "^(0o?(777|666)|[\"']0?(777|666)[\"'])$" }),
        ),
        bad: ["fs.chmodSync(path, 0o777);"],
        good: ["fs.chmodSync(path, 0o600);"],
      },
      {
        ...bind,
        find: any(
          call("call_expression", "\\.listen$", argument({ regex: everywhere })),
          call(
            "call_expression",
            "\\.listen$",
            argument(
              all({ kind: "object" }, { has: text("pair", "^host\\s*:\\s*[\"'`]0\\.0\\.0\\.0[\"'`]$") }),
            ),
          ),
        ),
        bad: ['app.listen(3000, "0.0.0.0");', 'app.listen({ port: 3000, host: "0.0.0.0" });'],
        good: ['app.listen(3000, "127.0.0.1");', "app.listen(3000);"],
      },
    ],
    go: [
      {
        ...cookie,
        find: all(
          { kind: "composite_literal" },
          field("type", { regex: "^http\\.Cookie$" }),
          { has: { field: "body", has: { kind: "keyed_element" } } },
          { not: all({ regex: "\\bHttpOnly\\s*:\\s*[^f\\s]" }, { regex: "\\bSecure\\s*:\\s*[^f\\s]" }) },
          { not: { regex: "MaxAge\\s*:\\s*-1" } },
        ),
        bad: ['package a\nvar c = &http.Cookie{Name: "session", Value: id} // here'],
        good: [
          'package a\nvar c = &http.Cookie{Name: "session", Value: id, HttpOnly: true, Secure: true}',
          "package a\nvar c = &http.Cookie{}",
        ],
      },
      {
        ...mode,
        find: call(
          "call_expression",
          "^os\\.(Chmod|WriteFile|Mkdir|MkdirAll|OpenFile)$",
          argument({ regex: "^0o?(777|666)$" }),
        ),
        bad: ["package a\nfunc f() {\n\tos.Chmod(path, 0777) // here\n}"],
        good: ["package a\nfunc f() { os.WriteFile(path, data, 0o600) }"],
      },
      {
        ...bind,
        find: call(
          "call_expression",
          "\\.(ListenAndServe(TLS)?|Listen|Run|Start)$",
          argument({ regex: everywhere }),
        ),
        bad: ['package a\nfunc f() {\n\thttp.ListenAndServe("0.0.0.0:8080", nil) // here\n}'],
        good: ['package a\nfunc f() { http.ListenAndServe("127.0.0.1:8080", nil) }'],
      },
    ],
    rust: [
      {
        ...cookie,
        find: call(
          "call_expression",
          "\\.(http_only|secure|set_http_only|set_secure)$",
          argument({ regex: "^false$" }, 1),
        ),
        bad: ['fn f() { Cookie::build(("session", id)).http_only(false); }'],
        good: ['fn f() { Cookie::build(("session", id)).http_only(true); }'],
      },
      {
        ...mode,
        find: call(
          "call_expression",
          "(\\.set_mode|Permissions::from_mode|\\.mode)$",
          argument({ regex: "^0o(777|666)$" }, 1),
        ),
        bad: ["fn f() { permissions.set_mode(0o777); }"],
        good: ["fn f() { permissions.set_mode(0o600); }"],
      },
      {
        ...bind,
        find: call(
          "call_expression",
          "(\\.|::)(bind|serve)$",
          argument(
            any({ regex: everywhere }, all({ kind: "tuple_expression" }, { regex: '^\\("0\\.0\\.0\\.0"' })),
            1,
          ),
        ),
        bad: ['fn f() { TcpListener::bind("0.0.0.0:80"); }'],
        good: ['fn f() { TcpListener::bind("127.0.0.1:80"); }'],
      },
    ],
    java: [
      {
        ...cookie,
        find: all(
          { kind: "method_invocation" },
          field("name", { regex: "^(setHttpOnly|setSecure|httpOnly|secure)$" }),
          argument({ regex: "^false$" }, 1),
        ),
        bad: ["class A { void f() { cookie.setHttpOnly(false); } }"],
        good: ["class A { void f() { cookie.setHttpOnly(true); } }"],
      },
      {
        ...mode,
        find: any(
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^(setWritable|setReadable|setExecutable)$" }),
            argument({ regex: "^true$" }, 1),
            argument({ regex: "^false$" }, 2),
          ),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^fromString$" }),
            argument({ regex: '^"rw[x-]rw[x-]rw[x-]"$' }),
          ),
        ),
        bad: ["class A { void f() { file.setWritable(true, false); } }"],
        good: ["class A { void f() { file.setWritable(true); } }"],
      },
    ],
    cpp: [
      {
        ...mode,
        find: any(
          call(
            "call_expression",
            "^(::)?(chmod|fchmod|mkdir|open|creat)$",
            argument({ regex: "^0(777|666)$" }),
          ),
          call("call_expression", "^(::)?umask$", argument({ regex: "^0+$" }, 1)),
        ),
        bad: ["void f() { chmod(path, 0777); }"],
        good: ["void f() { chmod(path, 0600); }"],
      },
      {
        ...bind,
        find: all(
          { kind: "assignment_expression" },
          { regex: "s_addr\\s*=\\s*(htonl\\s*\\(\\s*)?INADDR_ANY" },
        ),
        bad: ["void f() { address.sin_addr.s_addr = htonl(INADDR_ANY); }"],
        good: ["void f() { address.sin_addr.s_addr = htonl(INADDR_LOOPBACK); }"],
      },
    ],
  },
);
