export const cargo = `
serde serde_json serde_derive serde_yaml serde_with toml toml_edit ron bincode postcard rmp-serde ciborium csv quick-xml
tokio tokio-util tokio-stream tokio-rustls async-std smol futures futures-util async-trait pin-project pin-project-lite
mio socket2 bytes rayon crossbeam crossbeam-channel parking_lot dashmap arc-swap once_cell lazy_static thread_local
rand rand_core rand_chacha getrandom fastrand anyhow thiserror eyre color-eyre miette log env_logger tracing
tracing-subscriber tracing-log slog fern simplelog clap clap_derive structopt argh lexopt pico-args dialoguer indicatif
console crossterm ratatui termcolor colored owo-colors ansi_term reqwest hyper hyper-util http http-body tower tower-http
axum actix-web actix-rt rocket warp tide poem ureq curl isahc tungstenite tokio-tungstenite tonic prost prost-build
url percent-encoding mime form_urlencoded base64 hex data-encoding sha1 sha2 sha3 md5 md-5 blake2 blake3 hmac digest
aes aes-gcm chacha20poly1305 ed25519-dalek x25519-dalek rsa ring rustls rustls-pemfile native-tls openssl openssl-sys
webpki-roots argon2 bcrypt jsonwebtoken subtle zeroize regex regex-syntax aho-corasick memchr bstr nom pest pest_derive
logos lalrpop winnow chumsky syn quote proc-macro2 proc-macro-error paste darling itertools either smallvec arrayvec
indexmap hashbrown ahash fxhash rustc-hash petgraph bitflags bitvec num num-traits num-bigint num-integer rust_decimal
ordered-float chrono time humantime uuid ulid semver tempfile walkdir glob globset ignore notify dirs directories which
home libc nix winapi windows windows-sys sysinfo num_cpus cfg-if cc bindgen cmake pkg-config libloading diesel sqlx
rusqlite postgres tokio-postgres mongodb redis sled rocksdb sea-orm image png flate2 zstd brotli tar zip bzip2 lz4
criterion proptest quickcheck mockall rstest insta assert_cmd predicates pretty_assertions wiremock tera handlebars askama
minijinja pulldown-cmark comrak scraper html5ever wasm-bindgen web-sys js-sys pyo3 bevy wgpu winit egui
`;
