import { all, any, argument, call, field, inside, text, within } from "../matchers.ts";
import { topic } from "../rule.ts";

const html = "(?s)[\"'`][^\"'`]*<\\w";
const taintedHtml = all(
  { matches: "built" },
  { regex: html },
  within(any({ matches: "request" }, { matches: "variable" })),
);

/** One value of a request, as it came. */
const ofRequest = {
  python: all(any({ kind: "subscript" }, call("call", "\\.get$")), within({ matches: "request" })),
  javascript: all(
    any({ kind: "member_expression" }, { kind: "subscript_expression" }),
    within({ matches: "request" }),
  ),
};

/** Pages that hold what somebody sent. */
export const xss = topic(
  "xss",
  {
    cwe: 79,
    severity: "high",
    sentence:
      "A value becomes HTML here as it is, so it may hold a script: let a template escape it, or set it as text.",
  },
  {
    python: [
      {
        find: any(
          call(
            "call",
            "^(flask\\.)?render_template_string$",
            argument(any({ matches: "built" }, { matches: "tainted" }), 1),
          ),
          call(
            "call",
            "^(HTMLResponse|HttpResponse|make_response)$",
            argument(any(taintedHtml, { matches: "request" }, { matches: "variable" }, ofRequest.python), 1),
            {
              not: argument({ kind: "keyword_argument", regex: "^(content_type|media_type|mimetype)\\s*=" }),
            },
          ),
          call(
            "call",
            "^(mark_safe|SafeString|Markup|markupsafe\\.Markup)$",
            argument(
              any({ matches: "tainted" }, all({ matches: "built" }, within({ matches: "harmful" }))),
              1,
            ),
          ),
          all({ kind: "return_statement" }, { has: taintedHtml }),
        ),
        bad: [
          'render_template_string(f"<p>{name}</p>")',
          'mark_safe("<b>" + name + "</b>")',
          "mark_safe(request.GET['name'])",
          "HttpResponse(request.GET.get('name'))",
          "def f(request):\n    return HttpResponse(request.GET['name'])  # here",
          "@app.route('/<name>')\ndef f(name):\n    return f'<h1>{name}</h1>'  # here",
        ],
        good: [
          'render_template("page.html", name=name)',
          'format_html("<b>{}</b>", name)',
          'mark_safe("<b>")',
          "mark_safe(escape(request.GET['name']))",
          "HttpResponse(request.GET['name'], content_type='text/plain')",
          "HttpResponse(json.dumps(request.GET))",
          "def f(name):\n    return f'<h1>{name}</h1>'",
        ],
      },
      {
        id: "autoescape",
        severity: "medium",
        sentence: "Templates do not escape values here, so each of them may hold a script.",
        find: text("keyword_argument", "^autoescape\\s*=\\s*False$"),
        bad: ["jinja2.Environment(loader=loader, autoescape=False)"],
        good: ["jinja2.Environment(loader=loader, autoescape=True)"],
      },
    ],
    javascript: [
      {
        find: any(
          all(
            { kind: "assignment_expression" },
            field("left", { regex: "\\.(innerHTML|outerHTML)$" }),
            field(
              "right",
              any(all({ matches: "built" }, within({ matches: "harmful" })), { matches: "tainted" }),
            ),
          ),
          call(
            "call_expression",
            "^document\\.write(ln)?$|\\.insertAdjacentHTML$",
            argument(any(all({ matches: "built" }, within({ matches: "harmful" })), { matches: "tainted" })),
          ),
          call(
            "call_expression",
            "^(res|response|reply)(\\.status\\(\\w+\\))?\\.(send|end|write)$",
            argument(
              any(
                taintedHtml,
                all({ matches: "request" }, { not: { regex: "\\.(body|headers)$" } }),
                ofRequest.javascript,
                { matches: "variable", not: { regex: "^(body|data|payload)$" } },
              ),
              1,
            ),
          ),
        ),
        bad: [
          `element.innerHTML = \`<b>\${name}</b>\`;`,
          "element.innerHTML = req.query.name;",
          "element.innerHTML = decodeURIComponent(location.hash.slice(1));",
          "res.send(req.query.name);",
          "res.status(404).send(req.params['name']);",
          'document.write("<p>" + text + "</p>");',
          `res.send(\`<h1>\${req.query.name}</h1>\`);`,
          "app.get('/', (req, res) => {\n const name = req.query.name;\n res.send('<h1>' + name + '</h1>'); // here\n});",
        ],
        good: [
          "element.textContent = name;",
          "res.send({ name: req.query.name });",
          "element.innerHTML = '';",
          "element.innerHTML = DOMPurify.sanitize(req.query.name);",
          "res.send(req.body);",
          "res.send(escapeHtml(req.query.name));",
          "res.render('page', { name: req.query.name });",
        ],
      },
      {
        id: "react",
        severity: "medium",
        sentence: "HTML is set as it is here: check that nobody else's text is in it, or clean it first.",
        find: all(
          { kind: "pair" },
          field("key", { regex: "^__html$" }),
          field("value", { not: any({ matches: "constant" }, { kind: "call_expression" }) }),
        ),
        bad: ["render({ dangerouslySetInnerHTML: { __html: comment } });"],
        good: ["render({ dangerouslySetInnerHTML: { __html: purify.sanitize(comment) } });"],
      },
    ],
    go: [
      {
        find: any(
          call(
            "call_expression",
            "^template\\.(HTML|JS|HTMLAttr|URL)$",
            argument(
              any({ matches: "tainted" }, all({ matches: "built" }, within({ matches: "harmful" }))),
              1,
            ),
          ),
          call(
            "call_expression",
            "^(fmt\\.Fprintf|io\\.WriteString)$",
            argument({ regex: "^(w|rw|writer)$" }, 1),
            argument(any({ matches: "request" }, { matches: "variable" })),
            { regex: html },
          ),
          call(
            "call_expression",
            "^(fmt\\.Fprint(ln)?|io\\.WriteString)$",
            argument({ regex: "^(w|rw|writer)$" }, 1),
            argument(taintedHtml),
          ),
        ),
        bad: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tfmt.Fprintf(w, "<h1>%s</h1>", r.FormValue("name")) // here\n}',
          'package a\nvar h = template.HTML("<b>" + name + "</b>") // here',
        ],
        good: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) { page.Execute(w, r.FormValue("name")) }',
          'package a\nvar h = template.HTML("<b>")',
        ],
      },
    ],
    rust: [
      {
        find: call(
          "call_expression",
          '^(axum::response::)?Html$|\\.content_type\\("text/html[^)]*\\)\\.body$',
          argument(
            all(
              { kind: "macro_invocation" },
              { regex: "^format!" },
              { regex: html },
              within({ matches: "variable" }),
            ),
            1,
          ),
        ),
        bad: ['async fn f(Path(name): Path<String>) -> Html<String> { Html(format!("<h1>{}</h1>", name)) }'],
        good: [
          'async fn f(Path(id): Path<u32>) -> Html<String> { Html(format!("<h1>{}</h1>", id)) }',
          'fn f() { Html("<h1>Hello</h1>"); }',
        ],
      },
      {
        id: "named",
        find: all(
          call(
            "call_expression",
            "^(axum::response::)?Html$",
            argument(
              text(
                "macro_invocation",
                "(?s)^format!.*<.*\\{(name|title|text|query|message|comment|user\\w*)\\}",
              ),
              1,
            ),
          ),
          inside({ kind: "function_item", regex: "(Path|Query|Form)<" }),
        ),
        bad: ['async fn f(Path(name): Path<String>) -> Html<String> { Html(format!("<h1>{name}</h1>")) }'],
        good: ['fn f(name: Escaped) -> Html<String> { Html(format!("<h1>{name}</h1>")) }'],
      },
    ],
    java: [
      {
        find: all(
          { kind: "method_invocation" },
          field("name", { regex: "^(print|println|write|printf|append)$" }),
          field("object", { regex: "(?i)(response|resp|res)\\.getWriter\\(\\)$|^(out|writer)$" }),
          argument(any({ matches: "request" }, { matches: "variable" }, taintedHtml)),
        ),
        bad: [
          'class A { void f() { response.getWriter().println("<h1>" + request.getParameter("name") + "</h1>"); } }',
          'class A { void f() { out.print(request.getParameter("name")); } }',
        ],
        good: [
          'class A { void f() { out.print(HtmlUtils.htmlEscape(request.getParameter("name"))); } }',
          'class A { void f() { out.print("<h1>" + title + "</h1>"); } }',
        ],
      },
    ],
    cpp: "pages are seldom written in C++, and by no framework that others share",
  },
);
