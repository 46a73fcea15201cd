import { all, any, argument, call, field, inside, within } from "../matchers.ts";
import { topic } from "../rule.ts";

const tainted = argument({ matches: "tainted" });

const openedTar = call("call", "^(tarfile\\.)?(open|TarFile|TarFile\\.open)$", {
  regex: "^(tarfile|TarFile)\\b",
});
const namedTar = any(
  all({ kind: "assignment" }, field("left", { pattern: "$V" }), field("right", openedTar)),
  all({ kind: "as_pattern" }, { has: openedTar }, field("alias", { has: { pattern: "$V" } })),
);
const inFunction = { kind: "function_definition" };
/** The archive that a call is of: by its name, as it is opened, or by what opened it in the same function. */
const ofTar = any(
  field("function", { regex: "(?i)tar\\w*\\.extractall$" }),
  field("function", field("object", openedTar)),
  all(
    field("function", field("object", all({ kind: "identifier" }, { pattern: "$V" }))),
    any(
      inside(all(inFunction, within(namedTar))),
      all({ not: inside(inFunction) }, inside(all({ kind: "module" }, within(namedTar)))),
    ),
  ),
);

/** Files that a request names. */
export const paths = topic(
  "path",
  {
    cwe: 22,
    severity: "high",
    sentence:
      "A file is named by the request here, so it may be any file: resolve the path and check that it lies in its folder.",
  },
  {
    python: [
      {
        find: call(
          "call",
          "^(open|io\\.open|send_file|flask\\.send_file|FileResponse|os\\.(remove|unlink|rename|listdir|makedirs|rmdir)|shutil\\.\\w+|os\\.path\\.join|Path|pathlib\\.Path|aiofiles\\.open)$",
          tainted,
        ),
        bad: [
          "open(request.args['file'])",
          "@app.get('/files/<name>')\ndef f(name):\n    return send_file(os.path.abspath(name))  # here",
          "def f():\n    name = request.form.get('name')\n    path = os.path.join(folder, name)  # here",
        ],
        good: [
          "open(os.path.basename(request.args['file']))",
          "send_from_directory(folder, request.args['file'])",
          "def f():\n    name = request.form.get('name')\n    if name not in allowed:\n        abort(404)\n    path = os.path.join(folder, name)",
        ],
      },
      {
        id: "archive",
        severity: "medium",
        sentence:
          'An archive is unpacked without a filter, so its members may lie outside of the folder: give filter="data".',
        find: call("call", "\\.extractall$", ofTar, {
          not: argument({ kind: "keyword_argument", regex: "^(filter|members)\\s*=" }),
        }),
        bad: [
          "tar.extractall(folder)",
          "tarfile.open(path).extractall(folder)",
          "def f(path):\n    with tarfile.open(path) as archive:\n        archive.extractall(folder)  # here",
          "archive = tarfile.open(path)\narchive.extractall(folder)  # here",
        ],
        good: [
          'tar.extractall(folder, filter="data")',
          "zip_file.extractall(folder)",
          "def f(path):\n    with tarfile.open(path) as archive:\n        archive.extractall(folder, filter='data')",
          "def f(path):\n    with zipfile.ZipFile(path) as archive:\n        archive.extractall(folder)",
          "def f(a):\n    archive = tarfile.open(a)\ndef g(b):\n    archive = zipfile.ZipFile(b)\n    archive.extractall(folder)",
        ],
      },
    ],
    javascript: [
      {
        find: call(
          "call_expression",
          "^((fs|fsp|fsPromises|promises|fs\\.promises)\\.\\w+|readFile(Sync)?|writeFile(Sync)?|createReadStream|createWriteStream|unlink|path\\.(join|resolve|posix\\.join)|join|resolve|(res|reply|response)\\.(sendFile|download))$",
          tainted,
          { not: argument({ kind: "object", regex: "root\\s*:" }) },
          { not: { regex: "^(resolve|join)\\([^,]*\\)$" } },
        ),
        bad: [
          "fs.readFile(req.query.file, done);",
          "app.get('/f', (req, res) => {\n const file = path.join(folder, req.params.name); // here\n});",
          "app.get('/f', (req, res) => {\n const { name } = req.query;\n res.sendFile(folder + name); // here\n});",
        ],
        good: [
          "fs.readFile(path.basename(req.query.file), done);",
          "res.sendFile(req.params.name, { root: folder });",
          "app.get('/f', (req, res) => { const { name } = req.query; if (!allowed.has(name)) return; fs.readFile(name, done); });",
          "resolve(req.body);",
        ],
      },
    ],
    go: [
      {
        find: call(
          "call_expression",
          "^(os\\.(Open|OpenFile|Create|ReadFile|WriteFile|Remove|RemoveAll|Rename|Stat|Mkdir\\w*)|ioutil\\.(ReadFile|WriteFile)|http\\.ServeFile|filepath\\.Join|path\\.Join|c\\.File)$",
          tainted,
        ),
        bad: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tos.ReadFile(r.URL.Query().Get("file")) // here\n}',
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tp := filepath.Join(root, name) // here\n}',
        ],
        good: [
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) { os.ReadFile(filepath.Base(r.FormValue("file"))) }',
          'package a\nfunc f(w http.ResponseWriter, r *http.Request) {\n\tname := r.FormValue("name")\n\tif !filepath.IsLocal(name) {\n\t\treturn\n\t}\n\tp := filepath.Join(root, name)\n}',
        ],
      },
    ],
    rust: [
      {
        find: any(
          call(
            "call_expression",
            "^((std::|tokio::)?fs::\\w+|File::(open|create)|(\\w+::)*NamedFile::open)$",
            argument(any({ matches: "tainted" }, { matches: "variable" }), 1),
          ),
          call(
            "call_expression",
            "\\.join$",
            field(
              "function",
              field("value", { regex: "(?i)(dir|root|path|folder|base)\\w*(\\(\\))?$|Path::new|PathBuf" }),
            ),
            argument({ matches: "tainted" }, 1),
          ),
        ),
        bad: [
          "async fn f(Path(name): Path<String>) { tokio::fs::read(name).await; }",
          "async fn f(Query(q): Query<Params>) { let p = base_dir.join(&q.file); }",
        ],
        good: [
          "async fn f(Path(id): Path<u64>) { tokio::fs::read(id.to_string()).await; }",
          'async fn f(Path(name): Path<String>) { if name.contains("..") { return; } tokio::fs::read(name).await; }',
        ],
      },
    ],
    java: [
      {
        find: any(
          all(
            { kind: "object_creation_expression" },
            field("type", {
              regex:
                "^(java\\.io\\.)?(File|FileInputStream|FileReader|FileOutputStream|FileWriter|FileSystemResource)$",
            }),
            tainted,
          ),
          all(
            { kind: "method_invocation" },
            field("object", { regex: "^(Paths|Path)$" }),
            field("name", { regex: "^(get|of)$" }),
            tainted,
          ),
        ),
        bad: [
          'class A { void f() { new File(folder, request.getParameter("file")); } }',
          'class A { String f(@RequestParam("name") String name) {\n return Files.readString(Paths.get(folder, name)); // here\n} }',
        ],
        good: [
          'class A { void f() { new File(folder, FilenameUtils.getName(request.getParameter("file"))); } }',
          "class A { String f(String name) { return Files.readString(Paths.get(folder, name)); } }",
        ],
      },
    ],
    cpp: "what a request is, each framework of C++ says in its own way",
  },
);
