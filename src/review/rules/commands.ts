import { all, any, argument, call, field, within } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const shell = "^[\"'`](/usr)?(/bin/)?(sh|bash|zsh|cmd(\\.exe)?|powershell)[\"'`]$";
/** Put together from more than names of constants, or sent by somebody. */
const foreign = any(all({ matches: "built" }, within({ matches: "harmful" })), { matches: "tainted" });
const notConstant: Matcher = { not: { matches: "constant" } };
const arrow = {
  sentence: "Text is run as code here: read the value as data instead.",
  cwe: 95,
  severity: "medium",
} as const;

/** Shells that are given what is not constant. */
export const commands = topic(
  "command",
  {
    cwe: 78,
    severity: "high",
    sentence:
      "A shell gets a text that is put together here, so a value can become a command: start the program itself, with a list of arguments.",
  },
  {
    python: [
      {
        find: any(
          call(
            "call",
            "^(os\\.(system|popen)|commands\\.getoutput|subprocess\\.(getoutput|getstatusoutput))$",
            argument(foreign, 1),
          ),
          call(
            "call",
            "^(subprocess|sp)\\.(run|call|check_call|check_output|Popen)$|^(Popen|check_output|check_call)$|create_subprocess_shell$",
            argument(foreign, 1),
            any(
              argument({ kind: "keyword_argument", regex: "^shell\\s*=\\s*True$" }),
              field("function", { regex: "_shell$" }),
            ),
          ),
        ),
        bad: [
          'os.system("ping " + host)',
          'subprocess.run(f"tar xf {name}", shell=True)',
          'await asyncio.create_subprocess_shell("ls %s" % folder)',
          "def f():\n    host = request.args['host']\n    os.system(host)  # here",
        ],
        good: ['subprocess.run(["ping", host])', 'subprocess.run("make", shell=True)', 'os.system("clear")'],
      },
      {
        id: "eval",
        ...arrow,
        find: call(
          "call",
          "^(eval|exec)$",
          argument(
            any({ matches: "tainted" }, all({ kind: "call" }, { regex: "^(input|[\\w.]+\\.(recv|get))\\(" })),
            1,
          ),
        ),
        bad: ["eval(request.args['sum'])", "eval(input())"],
        good: ["ast.literal_eval(text)", 'eval("1 + 1")', "model.eval(request.args)"],
      },
    ],
    javascript: [
      {
        find: any(
          call(
            "call_expression",
            "^(exec|execSync|execAsync|execPromise|(child_process|childProcess|cp)\\.(exec|execSync))$",
            argument(foreign, 1),
          ),
          call(
            "call_expression",
            "(^|\\.)(spawn|spawnSync|execFile|execFileSync)$",
            argument(all({ kind: "object" }, { has: { kind: "pair", regex: "^shell\\s*:\\s*true$" } })),
            argument(
              any(
                { matches: "built" },
                { matches: "tainted" },
                all({ kind: "array" }, within({ matches: "tainted" })),
              ),
            ),
          ),
        ),
        bad: [
          `exec(\`ping \${host}\`);`,
          'child_process.execSync("tar xf " + name);',
          `spawn(\`ls \${folder}\`, { shell: true });`,
          "function f(req) {\n const { host } = req.query;\n exec(host); // here\n}",
        ],
        good: [
          'execFile("ping", [host]);',
          'execSync("npm ci");',
          `pattern.exec(\`a \${b}\`);`,
          "spawn(`ls`, [folder]);",
        ],
      },
      {
        id: "eval",
        ...arrow,
        find: any(
          call(
            "call_expression",
            "^(window\\.|globalThis\\.)?eval$",
            argument(any({ kind: "identifier" }, { matches: "built" }, { matches: "tainted" }), 1),
          ),
          all(
            { kind: "new_expression" },
            field("constructor", { regex: "^Function$" }),
            argument({ matches: "tainted" }),
          ),
        ),
        bad: ["eval(expression);", "new Function(req.body.code);"],
        good: ['eval("1 + 1");', "JSON.parse(text);", "new Function(source);"],
      },
    ],
    go: [
      {
        find: call(
          "call_expression",
          "^exec\\.(Command|CommandContext)$",
          argument({ regex: shell }),
          argument({ regex: '^"(-c|/c|-lc)"$' }),
          {
            has: {
              field: "arguments",
              has: {
                nthChild: { position: 1, reverse: true },
                ...notConstant,
                not: { any: [{ matches: "constant" }, { regex: "\\.\\.\\.$" }] },
              },
            },
          },
        ),
        bad: [
          'package a\nfunc f() {\n\texec.Command("sh", "-c", "ping "+host) // here\n}',
          'package a\nfunc f() {\n\texec.CommandContext(ctx, "bash", "-c", command) // here\n}',
        ],
        good: [
          'package a\nfunc f() { exec.Command("ping", host) }',
          'package a\nfunc f() { exec.Command("sh", "-c", "make all") }',
        ],
      },
    ],
    rust: [
      {
        find: call(
          "call_expression",
          '(?s)^(\\w+::)*Command::new\\(\\s*"(/bin/)?(sh|bash|zsh|cmd)"\\s*\\)\\s*\\.arg\\(\\s*"(-c|/C|/c)"\\s*\\)\\s*\\.arg$',
          argument(notConstant, 1),
        ),
        bad: ['fn f() { Command::new("sh").arg("-c").arg(format!("ping {}", host)).output(); }'],
        good: [
          'fn f() { Command::new("ping").arg(host).output(); }',
          'fn f() { Command::new("sh").arg("-c").arg("make").output(); }',
        ],
      },
    ],
    java: [
      {
        find: any(
          all(
            { kind: "method_invocation" },
            field("name", { regex: "^exec$" }),
            field("object", { regex: "(?i)runtime(\\(\\))?$" }),
            argument(foreign, 1),
          ),
          all(
            { kind: "object_creation_expression" },
            field("type", { regex: "^ProcessBuilder$" }),
            argument({ regex: shell }, 1),
            {
              has: {
                field: "arguments",
                has: { nthChild: { position: 1, reverse: true }, not: { matches: "constant" } },
              },
            },
          ),
        ),
        bad: [
          'class A { void f() { Runtime.getRuntime().exec("ping " + host); } }',
          'class A { void f() { new ProcessBuilder("sh", "-c", command).start(); } }',
        ],
        good: [
          'class A { void f() { new ProcessBuilder("ping", host).start(); } }',
          "class A { void f() { Runtime.getRuntime().exec(arguments); } }",
        ],
      },
    ],
    cpp: [
      {
        find: call(
          "call_expression",
          "^(std::|::)?(system|popen|_popen)$",
          argument(all(notConstant, { not: { regex: "^(NULL|nullptr)$" } }), 1),
        ),
        bad: [
          'void f() { system(("ping " + host).c_str()); }',
          'void f() { FILE *p = popen(command, "r"); }',
        ],
        good: [
          'void f() { system("clear"); }',
          "void f() { solver.system(matrix); }",
          "int popen(const char *command, const char *type);",
        ],
      },
    ],
  },
);
