import { all, any, argument, call, field, inside, secretName, text } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const random =
  "Numbers that can be guessed make a secret here: take them from the system's source for secrets.";
const weakRandom = { id: "random", cwe: 338, sentence: random } as const;
const named = (kind: string, name: string): Matcher => all({ kind }, field(name, { regex: secretName }));
const forSecret = argument({ regex: "(?i)(passw(or)?d|passwd|pwd|secret|token)" });

/** Hashes and numbers that are too weak for the secrets that are made of them. */
export const weak = topic(
  "weak",
  {
    cwe: 327,
    severity: "high",
    sentence:
      "MD5 and SHA-1 are too fast and too weak for a secret: use a password hash such as argon2, scrypt or bcrypt, or SHA-256 for tokens.",
  },
  {
    python: [
      {
        find: any(
          call("call", "^(hashlib\\.)?(md5|sha1)$", forSecret),
          call("call", "^hashlib\\.new$", argument({ regex: "(?i)^[\"'](md5|sha-?1)[\"']$" }, 1), forSecret),
        ),
        bad: ["hashlib.md5(password.encode()).hexdigest()", "hashlib.new('md5', password.encode())"],
        good: [
          "hashlib.md5(content).hexdigest()",
          "hashlib.sha256(token)",
          "hashlib.new('md5', content)",
          "hashlib.new('sha256', token)",
        ],
      },
      {
        ...weakRandom,
        find: all(
          call("call", "^random\\.(random|randint|randrange|choice|choices|sample|getrandbits|uniform)$"),
          any(
            inside(named("assignment", "left")),
            inside(all({ kind: "return_statement" }, inside(named("function_definition", "name")))),
          ),
          { not: inside({ kind: "call", has: { field: "function", regex: "^random\\." } }) },
        ),
        bad: [
          "token = ''.join(random.choices(letters, k=32))",
          "def reset_code():\n    return random.randint(0, 999999)  # here",
        ],
        good: ["token = secrets.token_hex(16)", "colour = random.choice(colours)"],
      },
    ],
    javascript: [
      {
        find: all(
          call(
            "call_expression",
            "^(crypto\\.)?createHash$",
            argument({ regex: "(?i)^[\"'`](md5|sha-?1)[\"'`]$" }, 1),
          ),
          {
            inside: {
              kind: "member_expression",
              inside: {
                kind: "call_expression",
                has: { field: "arguments", regex: "(?i)passw|secret|token" },
              },
            },
          },
        ),
        bad: ['const hash = createHash("md5").update(password).digest("hex");'],
        good: [
          'const etag = createHash("md5").update(content).digest("hex");',
          'const hash = createHash("sha256").update(token).digest("hex");',
        ],
      },
      {
        ...weakRandom,
        find: all(
          call("call_expression", "^Math\\.random$"),
          any(
            inside(named("variable_declarator", "name")),
            inside(named("assignment_expression", "left")),
            inside(named("pair", "key")),
            inside(all({ kind: "return_statement" }, inside(named("function_declaration", "name")))),
          ),
        ),
        bad: [
          "const token = Math.random().toString(36).slice(2);",
          "function createSessionId() {\n return Math.random(); // here\n}",
        ],
        good: ["const token = crypto.randomUUID();", "const colour = Math.random();"],
      },
    ],
    go: [
      {
        find: call("call_expression", "^(md5|sha1)\\.Sum$", forSecret),
        bad: ["package a\nvar h = md5.Sum([]byte(password)) // here"],
        good: ["package a\nvar h = md5.Sum(content)", "package a\nvar h = sha256.Sum256([]byte(token))"],
      },
      {
        ...weakRandom,
        find: all(
          call(
            "call_expression",
            "^rand\\.(Intn|IntN|Int31n?|Int63n?|Int64N?|Uint32|Uint64|Float64|Perm|N)$",
          ),
          any(
            inside(named("short_var_declaration", "left")),
            inside(named("assignment_statement", "left")),
            inside(all({ kind: "return_statement" }, inside(named("function_declaration", "name")))),
          ),
        ),
        bad: [
          "package a\nfunc f() {\n\ttoken := rand.Int63() // here\n}",
          "package a\nfunc newToken() int {\n\treturn rand.Intn(1000000) // here\n}",
        ],
        good: [
          "package a\nfunc f() { delay := rand.Intn(10) }",
          "package a\nfunc f() { token := rand.Text() }",
        ],
      },
    ],
    rust: [
      {
        find: call(
          "call_expression",
          "^(md5::compute|Md5::digest|Sha1::digest|sha1::Sha1::digest)$",
          forSecret,
        ),
        bad: ["fn f() { let h = md5::compute(password); }"],
        good: ["fn f() { let h = md5::compute(content); }", "fn f() { let h = Sha256::digest(token); }"],
      },
      {
        ...weakRandom,
        find: all(
          call("call_expression", "^(fastrand::\\w+|\\w*(small|Small)Rng::\\w+|StdRng::seed_from_u64)$"),
          any(inside(named("let_declaration", "pattern")), inside(named("function_item", "name"))),
        ),
        bad: ["fn f() { let token = fastrand::u64(..); }"],
        good: [
          "fn f() { let delay = fastrand::u64(..10); }",
          "fn f() { let token = rand::random::<u64>(); }",
        ],
      },
    ],
    java: [
      {
        find: all(
          { kind: "method_invocation" },
          field("object", { regex: "^MessageDigest$" }),
          field("name", { regex: "^getInstance$" }),
          argument({ regex: '(?i)^"(md5|sha-?1)"$' }, 1),
          inside(
            all(
              { kind: "method_declaration" },
              any(
                field("name", { regex: "(?i)passw|secret|token" }),
                field("parameters", { regex: "(?i)passw|secret|token" }),
              ),
            ),
          ),
        ),
        bad: [
          'class A { byte[] hash(String password) {\n return MessageDigest.getInstance("MD5").digest(password.getBytes()); // here\n} }',
        ],
        good: [
          'class A { byte[] hash(byte[] content) { return MessageDigest.getInstance("MD5").digest(content); } }',
        ],
      },
      {
        ...weakRandom,
        find: all(
          any(
            all(
              { kind: "object_creation_expression" },
              field("type", { regex: "^(java\\.util\\.)?Random$" }),
            ),
            text(
              "method_invocation",
              "^(Math\\.random|ThreadLocalRandom\\.current|RandomStringUtils\\.random\\w*)\\(.*\\)$",
            ),
          ),
          any(inside(named("method_declaration", "name")), inside(named("variable_declarator", "name"))),
          { not: { inside: { kind: "method_invocation", regex: "^(Math|RandomStringUtils)\\." } } },
        ),
        bad: [
          'class A { String newToken() {\n Random random = new Random(); // here\n return "" + random.nextLong(); } }',
        ],
        good: [
          'class A { String newToken() { SecureRandom random = new SecureRandom(); return "" + random.nextLong(); } }',
          "class A { Random random = new Random(); }",
        ],
      },
    ],
    cpp: [
      {
        find: call("call_expression", "^(MD5|SHA1|MD5_Update|SHA1_Update)$", forSecret),
        bad: ["void f() { MD5(password, length, digest); }"],
        good: [
          "void f() { MD5(content, length, digest); }",
          "void f() { SHA256(password, length, digest); }",
        ],
      },
      {
        ...weakRandom,
        find: all(
          call("call_expression", "^(std::)?(rand|random|drand48)$"),
          any(inside(named("init_declarator", "declarator")), inside(named("assignment_expression", "left"))),
        ),
        bad: ["void f() { int token = rand(); }"],
        good: ["void f() { int colour = rand() % 3; }"],
      },
    ],
  },
);
