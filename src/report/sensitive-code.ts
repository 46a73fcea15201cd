/** Calls where a small mistake is a hole, in the languages whose runners are known, by what they are about. */
const calls: readonly (readonly [about: string, call: RegExp])[] = [
  [
    "shell command",
    /\bchild_process\b|\b(exec(File)?Sync|execFile|spawn(Sync)?|popen|ProcessBuilder)\s*\(|\bos\.system\(|\bsubprocess\.\w+\(|\bgetRuntime\(\)\.exec\b|\bexec\.Command\(|\bCommand::new\(|(?<![.\w>:])system\(/,
  ],
  ["code made from text", /(?<![.\w])eval\(|\bnew Function\(|(?<![.\w>:])exec\(|\b__import__\(/],
  [
    "SQL",
    /\bSELECT\b.+\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\s+\S+\s+SET\b|\bDELETE\s+FROM\b|\.(rawQuery|executeQuery|executemany|queryRaw\w*)\(|\b(db|client|pool|conn\w*|cursor)\.(query|execute)\(/,
  ],
  [
    "deserialisation",
    /\b(c?[pP]ickle|marshal|shelve|dill)\.loads?\(|\byaml\.(load|unsafe_load)\(|\bunserialize\(|\bMarshal\.load\b|\bObjectInputStream\b|\bBinaryFormatter\b/,
  ],
  [
    "cryptography",
    /\b(createHash|createHmac|createCipher\w*|createDecipher\w*|randomBytes|timingSafeEqual|MessageDigest|Cipher\.getInstance|Math\.random)\b|\b(hashlib|hmac|secrets|bcrypt|scrypt|argon2)\.\w+\(|\bcrypto\/\w+|\b(md5|sha1)\(/i,
  ],
  [
    "authentication",
    /\b(authenticate|authori[sz]e|isAdmin|is_admin|hasPermission|has_permission|verifyToken|verify_token|checkPassword|check_password|setCookie|set_cookie)\w*\(|\bjwt\.\w+\(|["'`]Authorization["'`]/i,
  ],
  [
    "certificate checks",
    /\brejectUnauthorized\b|\bverify\s*=\s*False\b|\bInsecureSkipVerify\b|NODE_TLS_REJECT/,
  ],
  [
    "raw HTML",
    /\.(innerHTML|outerHTML)\b|\bdangerouslySetInnerHTML\b|\bdocument\.write\(|\bv-html\b|\bmark_safe\(/,
  ],
  [
    "file paths",
    /\b(read|write|append|copy|unlink|rm|open|mkdir)(File|dir)?Sync\(|\b(readFile|writeFile|createReadStream|createWriteStream|unlink|sendFile|fopen)\(|(?<![.\w])open\(|\bos\.(Open|Create|ReadFile|WriteFile|Remove)\w*\(|\b(File::open|fs::\w+)\(|\bnew File(Reader|Writer|InputStream|OutputStream)?\(|\bpath\.(join|resolve)\(|\bfilepath\.Join\(|\bos\.path\.join\(|\bshutil\.\w+\(/,
  ],
];

const path =
  /(^|[/._-])(auth\w*|login|sessions?|passwords?|permissions?|acl|rbac|oauth\w*|jwt|crypto\w*|secrets?|tokens?|security|csrf|cors|saml|sso)([/._-]|$)/i;

const comment = /^\s*(\/\/|#(?!include)|\*|\/\*|--\s)/;

/** What these lines of a file have to do with security, in a few words each; empty for most. */
export function sensitiveIn(file: string, lines: readonly string[]): string[] {
  const read = lines.filter((line) => line.length <= 1_000 && !comment.test(line));
  const about = calls.filter(([, call]) => read.some((line) => call.test(line))).map(([name]) => name);
  return path.test(file) ? ["a file of security's", ...about] : about;
}
