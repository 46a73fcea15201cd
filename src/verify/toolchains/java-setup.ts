/**
 * Brings all that Maven needs to test offline into its repository below HOME, by a test run that chooses no test: unlike
 * `dependency:go-offline` that also finds what Surefire fetches for itself, and modules that need each other. In a copy,
 * since what it compiles is older or newer than the sources of the next checkout.
 */
export const mavenSetup = [
  "copy=$(mktemp -d)",
  'cp -a . "$copy"',
  'cd "$copy"',
  "mvn -B test '-Dtest=*#none' -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -Dmaven.compiler.failOnError=false",
].join(" && ");

// What compiles and runs the tests has to be there; of all else (checkers, publishing) as much as can be had.
const resolve = `allprojects {
  task resolveForTests {
    doLast {
      def (needed, others) = configurations.findAll { it.canBeResolved }.split { it.name ==~ /test(Compile|Runtime)Classpath/ }
      needed.each { it.files }
      others.each { it.incoming.artifactView { lenient = true }.files.files }
    }
  }
}`;

/** Brings all that Gradle needs to test offline into its caches below HOME. Its own wrapper, plugins and build scripts come along. */
export const gradleSetup = [
  `echo '${resolve}' > "$TMPDIR/resolve.gradle"`,
  'gradle --no-daemon -I "$TMPDIR/resolve.gradle" -Dorg.gradle.configuration-cache=false resolveForTests',
].join(" && ");
