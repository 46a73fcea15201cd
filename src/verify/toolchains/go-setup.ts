/**
 * Compiles the packages and their tests into Go's build cache, which goes by the content of what is compiled: the suites
 * then compile what the change touches alone. No test runs, and what does not compile is for the suites to say. For five
 * minutes at most, since the suites do without as well.
 */
const compile = "timeout 300 go test -exec true ./... > /dev/null 2>&1";

/** Downloads the modules, where there are any to download, and compiles ahead. */
export function goSetup(needsDownload: boolean): string {
  return needsDownload ? `go mod download && { ${compile} || true; }` : `${compile} || true`;
}
