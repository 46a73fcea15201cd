/**
 * Compiles the packages and their tests into Go's build cache, which goes by the content of what is compiled: the suites
 * then compile what the change touches alone. No test runs, and what does not compile is for the suites to say.
 */
export const goAhead = "go test -exec true ./...";
