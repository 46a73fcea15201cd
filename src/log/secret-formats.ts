/**
 * What well-known tokens look like where secretlint's rules are stricter than what leaves may be: its rules want a whole
 * token, and these also a piece of one. GitHub's newer installation tokens are `ghs_<id>_<jwt>`, so dots and dashes belong
 * to them.
 */
export const secretFormats: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9_][A-Za-z0-9_.-]{19,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/g,
  /\bsk-ant-[A-Za-z0-9_-]{16,}/g,
  /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{35}\b/g,
  // a start inside another run would search that run again: time would grow with its square
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g,
  // as far as a key goes, with its last line: a first line alone would take what a reviewer has to see
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s\\"',:;-]*/g,
  /(?<=\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/:@]{0,100}:)[^\s/@]{3,200}(?=@)/gi,
  /(?<=\bauthorization:\s{0,4}(?:basic|bearer|token)\s{1,4})[A-Za-z0-9+/=._~-]{8,}/gi,
];
