import { all, any, argument, call, field, text } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

/** Of a call in Python. */
const argumentOf = (callee: string): Matcher => ({
  inside: { kind: "argument_list", inside: call("call", callee) },
});

const get = "requests.get(url, verify=False)";

/** Certificates and signatures that nobody checks. */
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
            all(
              text("keyword_argument", "^verify\\s*=\\s*False$"),
              argumentOf(
                "(?i)(^|[._])(requests|session|sess|client|http|httpx|s)\\.(get|post|put|patch|delete|head|options|request|send|stream)$|(Client|Session)$",
              ),
            ),
            { pattern: "$S.verify = False", regex: "(?i)sess|client|^s\\." },
            { pattern: "$C.check_hostname = False" },
            { pattern: "$C.verify_mode = ssl.CERT_NONE" },
            { pattern: "$C.verify_mode = CERT_NONE" },
            text("keyword_argument", "^cert_reqs\\s*=\\s*([\"']CERT_NONE[\"']|(ssl\\.)?CERT_NONE)$"),
            all(
              text("keyword_argument", "^ssl\\s*=\\s*False$"),
              argumentOf(
                "(^|\\.)TCPConnector$|(^|[._])session\\.(get|post|put|patch|delete|head|request|ws_connect)$",
              ),
            ),
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
          "http_session.ws_connect(url, ssl=False)",
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
          "db_session.get(User, key)",
          "jwt.decode(token, verify=False)",
          "urllib3.PoolManager(cert_reqs='CERT_REQUIRED')",
        ],
      },
      {
        id: "token",
        cwe: 347,
        sentence: "The token's signature is not checked here, so anybody can write one.",
        find: any(
          all(text("keyword_argument", "^verify\\s*=\\s*False$"), argumentOf("(^|\\.)jwt\\.decode$")),
          text("pair", "^[\"']verify_signature[\"']\\s*:\\s*False$"),
        ),
        bad: ["jwt.decode(token, verify=False)", 'jwt.decode(token, options={"verify_signature": False})'],
        good: [
          'jwt.decode(token, key, algorithms=["HS256"])',
          'jwt.decode(token, key, options={"verify_signature": True})',
        ],
      },
    ],
    javascript: [
      {
        find: {
          any: [
            text("pair", "^[\"']?rejectUnauthorized[\"']?\\s*:\\s*false$"),
            { pattern: "$O.rejectUnauthorized = false" },
            text(
              "pair",
              "^checkServerIdentity\\s*:\\s*\\([^()]*\\)\\s*=>\\s*(undefined|null|\\{\\s*\\}|\\{\\s*return( undefined| null)?;?\\s*\\})$",
            ),
            text("assignment_expression", "NODE_TLS_REJECT_UNAUTHORIZED[\"'\\]]*\\s*=\\s*[\"'`]?0"),
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
            text("keyed_element", "^InsecureSkipVerify\\s*:\\s*true$"),
            text("assignment_statement", "\\.InsecureSkipVerify\\s*=\\s*true$"),
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
            // rustls: a verifier of one's own may well check something, one of such a name does not.
            call(
              "call_expression",
              "\\.(set_certificate_verifier|with_custom_certificate_verifier)$",
              argument({
                regex:
                  "\\b(No|Skip|Accept|Allow|Insecure|Dummy|Null|Noop|NoOp|Disabled?|Trust(All|Any)|Ignore)\\w*(Verif|Cert|Server|All|Any|Tls)",
              }),
            ),
            all(
              { kind: "function_item" },
              field("name", { regex: "^verify_server_cert$" }),
              field("body", {
                regex:
                  "^\\{\\s*(return\\s+)?Ok\\(\\s*(\\w+::)*ServerCertVerified::assertion\\(\\)\\s*\\);?\\s*\\}$",
              }),
            ),
          ],
        },
        bad: [
          "fn f() { Client::builder().danger_accept_invalid_certs(true).build(); }",
          "fn f() { b.set_verify(SslVerifyMode::NONE); }",
          "fn f() { config.dangerous().set_certificate_verifier(Arc::new(NoCertificateVerification {})); }",
          "fn f() { ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(danger::SkipServerVerification::new())); }",
          "impl ServerCertVerifier for A {\n    fn verify_server_cert(&self) -> Result<ServerCertVerified, Error> { Ok(rustls::client::danger::ServerCertVerified::assertion()) } // here\n}",
        ],
        good: [
          "fn f() { Client::builder().danger_accept_invalid_certs(insecure).build(); }",
          "fn f() { config.dangerous().set_certificate_verifier(Arc::new(Pinned::new(key))); }",
          "impl ServerCertVerifier for A { fn verify_server_cert(&self) -> Result<ServerCertVerified, Error> { self.inner.verify_server_cert()?; Ok(ServerCertVerified::assertion()) } }",
        ],
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
            text(
              "method_declaration",
              "(?s)\\bverify\\s*\\([^()]*\\bSSLSession\\b[^()]*\\)\\s*\\{\\s*return true;\\s*\\}$",
            ),
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
            text(
              "call_expression",
              "^curl_easy_setopt\\s*\\([^,]+,\\s*CURLOPT_SSL_VERIFY(PEER|HOST)\\s*,\\s*(0L?|false)\\s*\\)$",
            ),
            text("call_expression", "^SSL_(CTX_)?set_verify\\s*\\([^,]+,\\s*SSL_VERIFY_NONE\\s*,"),
            text("call_expression", "set_verify_mode\\s*\\(\\s*(\\w+::)*verify_none\\s*\\)$"),
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
