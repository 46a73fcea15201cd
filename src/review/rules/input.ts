import { all, any, argument, call, field, inside, text, within } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const redirect = {
  id: "redirect",
  cwe: 601,
  sentence:
    "The request says where to send the visitor, so it may be any site: redirect to paths of your own only.",
} as const;
const number = {
  id: "number",
  severity: "low",
  sentence: "A request's value becomes a number without a look at what it is: answer 400 where it is none.",
} as const;
const merged = {
  id: "fields",
  cwe: 915,
  sentence:
    "All fields of a request go into an object or a query here, also those that nobody foresaw: take the known ones, checked.",
} as const;
const asked = any({ matches: "asked" }, within({ matches: "asked" }));
// A path of this site, or where the visitor came from.
const elsewhere: Matcher = { not: { regex: "^[\"'`]/[^/\"'`$]|[Rr]eferr?er" } };
const first = argument({ matches: "tainted" }, 1);
const target = (position?: number): Matcher => argument(all({ matches: "tainted" }, elsewhere), position);
const direct = any({ matches: "request" }, { matches: "variable" });

/** Values of a request that are used before anybody looks at them. */
export const input = topic(
  "input",
  { cwe: 20, severity: "medium", sentence: "A request's value is used before it is checked." },
  {
    python: [
      {
        ...redirect,
        find: call("call", "^(redirect|HttpResponseRedirect|RedirectResponse|flask\\.redirect)$", target(1)),
        bad: ["redirect(request.args.get('next'))"],
        good: ["redirect(url_for('index'))"],
      },
      {
        ...merged,
        find: call(
          "call",
          "(^[A-Z]\\w*|\\.(create|update|filter|insert|update_one|insert_one|find|find_one|filter_by))$",
          argument(
            any(all({ kind: "dictionary_splat" }, { has: direct }), {
              matches: "request",
              nthChild: 1,
              regex: "(json|form|GET|POST|get_json\\(.*\\))$",
            }),
          ),
        ),
        bad: [
          "User(**request.json)",
          "User.objects.create(**request.POST)",
          "collection.find_one(request.json)",
        ],
        good: ["User(name=form.name.data)", "Form(data)", "User.objects.filter(name=name)"],
      },
      {
        ...number,
        find: all(call("call", "^(int|float)$", argument(asked)), { not: inside({ kind: "try_statement" }) }),
        bad: ["page = int(request.args.get('page'))"],
        good: [
          "try:\n    page = int(request.args.get('page'))\nexcept ValueError:\n    abort(400)",
          "page = request.args.get('page', type=int)",
        ],
      },
    ],
    javascript: [
      {
        ...redirect,
        find: call(
          "call_expression",
          "^(res|reply|response|ctx)(\\.status\\(\\w+\\))?\\.redirect$",
          target(),
        ),
        bad: ["res.redirect(req.query.next);", "res.redirect(302, req.query.next);"],
        good: ['res.redirect("/login");', `res.redirect(\`/users/\${encodeURIComponent(req.params.id)}\`);`],
      },
      {
        ...merged,
        find: any(
          call(
            "call_expression",
            "^(Object\\.assign|_\\.(merge|extend|defaultsDeep)|merge|deepmerge|extend)$",
            argument(all(direct, { regex: "body|query|^\\w+$" })),
            argument({ nthChild: 1 }),
          ),
          call(
            "call_expression",
            "\\.(create|insertOne|insertMany|updateOne|updateMany|findByIdAndUpdate|findOneAndUpdate|findOne|find|deleteOne|deleteMany)$",
            argument(
              any(
                all({ matches: "request" }, { regex: "\\.(body|query)$" }),
                all(
                  { kind: "object" },
                  { has: { kind: "spread_element", has: { matches: "request", regex: "\\.(body|query)$" } } },
                ),
              ),
            ),
          ),
          call(
            "call_expression",
            "\\.(findOne|find|deleteOne|deleteMany|updateOne|updateMany)$",
            argument(
              all(
                { kind: "object" },
                {
                  has: {
                    kind: "pair",
                    has: {
                      field: "value",
                      kind: "member_expression",
                      regex: "^(req|request|ctx\\.request)\\.(body|query)\\.\\w+$",
                    },
                  },
                },
              ),
              1,
            ),
          ),
        ),
        bad: [
          "User.create(req.body);",
          "Object.assign(user, req.body);",
          "users.findOne({ name: req.body.name });",
          "User.create({ ...req.body, owner });",
        ],
        good: [
          "User.create({ name: String(req.body.name) });",
          "Object.assign(user, { name });",
          "users.findOne({ name });",
        ],
      },
      {
        ...number,
        find: all(
          { kind: "variable_declarator" },
          field(
            "value",
            call("call_expression", "^(Number\\.)?(parseInt|parseFloat)$|^Number$", argument(asked)),
          ),
          { not: inside({ kind: "statement_block", regex: "isNaN|isInteger|isFinite|isSafeInteger" }) },
        ),
        bad: [
          "function f(req) {\n const page = parseInt(req.query.page, 10); // here\n return list(page);\n}",
        ],
        good: [
          "function f(req) { const page = Number(req.query.page); if (!Number.isInteger(page)) throw bad(); return list(page); }",
        ],
      },
      {
        id: "pattern",
        cwe: 1333,
        sentence:
          "A request's value becomes a regular expression, which may take forever: escape it, or compare texts.",
        find: all({ kind: "new_expression" }, field("constructor", { regex: "^RegExp$" }), first),
        bad: ["const found = new RegExp(req.query.q);"],
        good: ["const found = new RegExp(escapeRegExp(req.query.q));"],
      },
    ],
    go: [
      {
        ...redirect,
        find: any(
          call("call_expression", "^http\\.Redirect$", argument(direct)),
          call("call_expression", "^c\\.Redirect$", argument(direct, 2)),
        ),
        bad: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\thttp.Redirect(w, r, r.FormValue("next"), 302) // here\n}',
        ],
        good: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", 302) }',
        ],
      },
      {
        ...number,
        severity: "medium",
        find: all(
          { kind: "short_var_declaration" },
          field("left", { regex: ",\\s*_$" }),
          field("right", { has: call("call_expression", "^strconv\\.(Atoi|Parse\\w+)$", argument(asked)) }),
        ),
        bad: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tpage, _ := strconv.Atoi(r.FormValue("page")) // here\n}',
        ],
        good: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) { page, err := strconv.Atoi(r.FormValue("page")) }',
        ],
      },
    ],
    rust: [
      {
        ...redirect,
        find: call(
          "call_expression",
          "^(axum::response::)?Redirect::(to|temporary|permanent)$",
          argument(any({ matches: "tainted" }, { matches: "variable" }), 1),
        ),
        bad: ["async fn f(Query(q): Query<Login>) -> Redirect { Redirect::to(&q.next) }"],
        good: ['async fn f() -> Redirect { Redirect::to("/login") }'],
      },
      {
        ...number,
        severity: "medium",
        sentence: "A request's value that is no number ends this handler in a panic: answer 400 instead.",
        find: call("call_expression", "(?s)\\.parse(::<\\w+>)?\\(\\)\\s*\\.(unwrap|expect)$", {
          has: { field: "function", ...within({ matches: "asked" }) },
        }),
        bad: [
          'async fn f(Query(q): Query<HashMap<String, String>>) { let page: u32 = q["page"].parse().unwrap(); }',
        ],
        good: [
          "fn f(text: &str) { let page: u32 = text.parse().unwrap(); }",
          "async fn f(Query(q): Query<Page>) { let page = q.page.parse::<u32>()?; }",
        ],
      },
    ],
    java: [
      {
        ...redirect,
        find: any(
          all({ kind: "method_invocation" }, field("name", { regex: "^sendRedirect$" }), target(1)),
          all({ matches: "built" }, { regex: '^"redirect:"' }, within({ matches: "variable" })),
        ),
        bad: [
          'class A { void f() { response.sendRedirect(request.getParameter("next")); } }',
          'class A { String f(@RequestParam String next) {\n return "redirect:" + next; // here\n} }',
        ],
        good: ['class A { void f() { response.sendRedirect("/login"); } }'],
      },
      {
        ...number,
        find: all(
          text("method_invocation", "^(Integer|Long|Double)\\.(parse\\w+|valueOf)\\("),
          argument(asked),
          { not: inside({ kind: "try_statement" }) },
        ),
        bad: ['class A { void f() { int page = Integer.parseInt(request.getParameter("page")); } }'],
        good: [
          'class A { void f() { try { int page = Integer.parseInt(request.getParameter("page")); } catch (NumberFormatException e) { fail(e); } } }',
        ],
      },
    ],
    cpp: "what a request is, each framework of C++ says in its own way",
  },
);
