import { topic } from "../rule.ts";

const get = "requests.get(url, verify=False)";

/** Certificates that nobody checks. */
export const tls = topic(
  "tls",
  {
    cwe: 295,
    severity: "high",
    sentence:
      "The server's certificate is not checked here, so anybody on the way can read and change what is sent.",
  },
  {
    python: [
      {
        find: {
          any: [
            {
              kind: "keyword_argument",
              regex: "^verify\\s*=\\s*False$",
              inside: {
                kind: "argument_list",
                inside: {
                  kind: "call",
                  has: {
                    field: "function",
                    regex:
                      "(?i)(^|[._])(requests|session|sess|client|http|httpx|s|jwt)\\.(get|post|put|patch|delete|head|options|request|send|stream|decode)$|(Client|Session)$",
                  },
                },
              },
            },
            { pattern: "$S.verify = False", regex: "(?i)sess|client|^s\\." },
            { pattern: "$C.check_hostname = False" },
            { pattern: "$C.verify_mode = ssl.CERT_NONE" },
            { pattern: "$C.verify_mode = CERT_NONE" },
            {
              kind: "keyword_argument",
              regex: "^cert_reqs\\s*=\\s*([\"']CERT_NONE[\"']|(ssl\\.)?CERT_NONE)$",
            },
            {
              kind: "keyword_argument",
              regex: "^ssl\\s*=\\s*False$",
              inside: {
                kind: "argument_list",
                inside: {
                  kind: "call",
                  has: {
                    field: "function",
                    regex: "(^|\\.)TCPConnector$|(^|[._])session\\.(get|post|put|patch|delete|head|request)$",
                  },
                },
              },
            },
            { pattern: "ssl._create_unverified_context($$$A)" },
          ],
        },
        bad: [
          get,
          "s = session()\ns.verify = False  # here",
          "context.verify_mode = ssl.CERT_NONE",
          "httpx.Client(verify=False)",
          "context.verify_mode = CERT_NONE",
          "connector = aiohttp.TCPConnector(ssl=False)",
          "self._session.get(url, ssl=False)",
          "urllib3.PoolManager(cert_reqs='CERT_NONE')",
          "ssl.wrap_socket(s, cert_reqs=ssl.CERT_NONE)",
        ],
        good: [
          "requests.get(url)",
          "requests.get(url, verify=path)",
          "check(form, verify=False)",
          "context.check_hostname = True",
          "context.verify_mode = CERT_REQUIRED",
          "aiohttp.TCPConnector(ssl=context)",
          "connect(host, ssl=False)",
          "urllib3.PoolManager(cert_reqs='CERT_REQUIRED')",
        ],
      },
    ],
    javascript: [
      {
        find: {
          any: [
            { kind: "pair", regex: "^[\"']?rejectUnauthorized[\"']?\\s*:\\s*false$" },
            { pattern: "$O.rejectUnauthorized = false" },
            {
              kind: "pair",
              regex:
                "^checkServerIdentity\\s*:\\s*\\([^()]*\\)\\s*=>\\s*(undefined|null|\\{\\s*\\}|\\{\\s*return( undefined| null)?;?\\s*\\})$",
            },
            {
              kind: "assignment_expression",
              regex: "NODE_TLS_REJECT_UNAUTHORIZED[\"'\\]]*\\s*=\\s*[\"'`]?0",
            },
          ],
        },
        bad: [
          "https.request({ host, rejectUnauthorized: false });",
          "options.rejectUnauthorized = false;",
          'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";',
          'process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0;',
          "new https.Agent({ checkServerIdentity: () => undefined });",
        ],
        good: [
          "https.request({ host, rejectUnauthorized: true });",
          "const rejectUnauthorized = false;",
          "new https.Agent({ checkServerIdentity: (host, cert) => pinned(host, cert) });",
        ],
      },
    ],
    go: [
      {
        find: {
          any: [
            { kind: "keyed_element", regex: "^InsecureSkipVerify\\s*:\\s*true$" },
            { kind: "assignment_statement", regex: "\\.InsecureSkipVerify\\s*=\\s*true$" },
          ],
        },
        bad: [
          "package a\nvar c = &tls.Config{InsecureSkipVerify: true} // here",
          "package a\nfunc f() {\n\tconfig.InsecureSkipVerify = true // here\n}",
        ],
        good: [
          "package a\nvar c = &tls.Config{InsecureSkipVerify: insecure}",
          "package a\nfunc f() { config.InsecureSkipVerify = options.Insecure }",
        ],
      },
    ],
    rust: [
      {
        find: {
          any: [
            {
              kind: "call_expression",
              has: {
                field: "function",
                has: { field: "field", regex: "^danger_accept_invalid_(certs|hostnames)$" },
              },
              regex: "\\(\\s*true\\s*\\)$",
            },
            {
              kind: "call_expression",
              has: { field: "function", has: { field: "field", regex: "^set_verify$" } },
              regex: "\\(\\s*(\\w+::)*SslVerifyMode::NONE\\s*\\)$",
            },
          ],
        },
        bad: [
          "fn f() { Client::builder().danger_accept_invalid_certs(true).build(); }",
          "fn f() { b.set_verify(SslVerifyMode::NONE); }",
        ],
        good: ["fn f() { Client::builder().danger_accept_invalid_certs(insecure).build(); }"],
      },
    ],
    java: [
      {
        find: {
          any: [
            {
              kind: "identifier",
              regex: "^(ALLOW_ALL_HOSTNAME_VERIFIER|NoopHostnameVerifier|TrustAllStrategy)$",
              inside: { kind: "field_access" },
            },
            {
              kind: "type_identifier",
              regex: "^(NoopHostnameVerifier|TrustAllStrategy|AllowAllHostnameVerifier)$",
              inside: { kind: "object_creation_expression" },
            },
            {
              kind: "method_declaration",
              has: { field: "name", regex: "^checkServerTrusted$" },
              all: [{ has: { field: "body", regex: "^\\{\\s*\\}$" } }],
            },
            {
              kind: "method_declaration",
              regex: "(?s)\\bverify\\s*\\([^()]*\\bSSLSession\\b[^()]*\\)\\s*\\{\\s*return true;\\s*\\}$",
            },
            {
              kind: "method_invocation",
              has: { field: "name", regex: "^set(Default)?HostnameVerifier$" },
              regex: "->\\s*(true|\\{\\s*return true;\\s*\\})\\s*\\)$",
            },
          ],
        },
        bad: [
          "class A { Object v = NoopHostnameVerifier.INSTANCE; }",
          "class A implements X509TrustManager {\n public void checkServerTrusted(X509Certificate[] c, String t) {} // here\n}",
          "class A { void f() { c.setHostnameVerifier((host, session) -> true); } }",
          "class A implements HostnameVerifier {\n public boolean verify(String host, SSLSession s) { return true; } // here\n}",
        ],
        good: [
          "class A { void f() { c.setHostnameVerifier(verifier); } }",
          "class A { public boolean verify(String host, SSLSession s) { return inner.verify(host, s); } }",
          "class A { boolean verify(String text) { return true; } }",
          "class A { public void checkServerTrusted(X509Certificate[] c, String t) { inner.checkServerTrusted(c, t); } }",
        ],
      },
    ],
    cpp: [
      {
        find: {
          any: [
            {
              kind: "call_expression",
              regex:
                "^curl_easy_setopt\\s*\\([^,]+,\\s*CURLOPT_SSL_VERIFY(PEER|HOST)\\s*,\\s*(0L?|false)\\s*\\)$",
            },
            {
              kind: "call_expression",
              regex: "^SSL_(CTX_)?set_verify\\s*\\([^,]+,\\s*SSL_VERIFY_NONE\\s*,",
            },
            { kind: "call_expression", regex: "set_verify_mode\\s*\\(\\s*(\\w+::)*verify_none\\s*\\)$" },
          ],
        },
        bad: [
          "void f() { curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L); }",
          "void f() { SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, nullptr); }",
          "void f() { context.set_verify_mode(boost::asio::ssl::verify_none); }",
        ],
        good: [
          "void f() { curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L); }",
          "void f() { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, nullptr); }",
          "void f() { context.set_verify_mode(boost::asio::ssl::verify_peer); }",
        ],
      },
    ],
  },
);
