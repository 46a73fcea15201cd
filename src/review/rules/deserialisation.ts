import { all, any, argument, call, field } from "../matchers.ts";
import { topic } from "../rule.ts";

/** Data that may bring code with it. */
export const deserialisation = topic(
  "deserialisation",
  {
    cwe: 502,
    severity: "high",
    sentence:
      "Reading this data can run code that came with it: use a format that holds nothing but data, such as JSON.",
  },
  {
    python: [
      {
        find: any(
          call(
            "call",
            "^(pickle|cPickle|dill|cloudpickle|marshal|_pickle)\\.(load|loads|Unpickler)$|^jsonpickle\\.decode$|^shelve\\.open$",
          ),
          call(
            "call",
            "^torch\\.load$",
            argument({ kind: "keyword_argument", regex: "^weights_only\\s*=\\s*False$" }),
          ),
        ),
        severity: "medium",
        bad: ["pickle.loads(request.data)", "torch.load(path, weights_only=False)"],
        good: ["json.loads(text)", "pickle.dumps(value)", "torch.load(path)"],
      },
      {
        id: "yaml",
        find: any(
          call("call", "^yaml\\.(unsafe_load|unsafe_load_all|full_load)$"),
          call("call", "^yaml\\.(load|load_all)$", {
            not: argument(
              any(
                { regex: "(?i)(safe|base)\\w*loader" },
                all({ kind: "keyword_argument" }, { regex: "(?i)^loader\\s*=\\s*\\w*(safe|base)" }),
              ),
            ),
          }),
        ),
        bad: ["yaml.load(text)", "yaml.load(text, Loader=yaml.Loader)"],
        good: [
          "yaml.safe_load(text)",
          "yaml.load(text, Loader=yaml.SafeLoader)",
          "yaml.load(text, yaml.CSafeLoader)",
        ],
      },
    ],
    javascript: [
      {
        find: any(
          call(
            "call_expression",
            "^(serialize|nodeSerialize|node_serialize|serializer)\\.unserialize$|^unserialize$|^(funcster|cryo)\\.\\w*(parse|deserialize)\\w*$",
          ),
          call(
            "call_expression",
            "^vm\\.(runInNewContext|runInContext|runInThisContext)$",
            argument({ matches: "tainted" }, 1),
          ),
        ),
        bad: ["const user = serialize.unserialize(cookie);", "vm.runInNewContext(req.body.code, {});"],
        good: ["const user = JSON.parse(cookie);", "vm.runInNewContext(source, {});"],
      },
    ],
    go: "Go's decoders build only the types that they are given",
    rust: "Rust's decoders build only the types that they are given",
    java: [
      {
        find: any(
          all({ kind: "method_invocation" }, field("name", { regex: "^(readObject|readUnshared)$" }), {
            inside: {
              stopBy: "end",
              kind: "method_declaration",
              has: {
                stopBy: "end",
                kind: "object_creation_expression",
                regex: "^new (java\\.io\\.)?ObjectInputStream\\b",
              },
            },
          }),
          all(
            { kind: "object_creation_expression" },
            field("type", { regex: "^(java\\.beans\\.)?XMLDecoder$" }),
          ),
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^(enableDefaultTyping|activateDefaultTyping)$" }),
          ),
        ),
        bad: [
          "class A { Object f(InputStream in) {\n ObjectInputStream stream = new ObjectInputStream(in);\n return stream.readObject(); // here\n} }",
          "class A { void f() { mapper.enableDefaultTyping(); } }",
        ],
        good: [
          "class A { private void readObject(ObjectInputStream in) { in.defaultReadObject(); } }",
          "class A { void f() { mapper.readValue(text, User.class); } }",
        ],
      },
    ],
    cpp: "C++ has no format of its own that names types to build",
  },
);
