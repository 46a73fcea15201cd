import { type ApiRequest, ask, type Correction, type Forward, onePage, refusal } from "../exchange.ts";
import type { Identities, Identity } from "../identities.ts";
import type { Json } from "../types.ts";

/** What an App may conclude: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const ofApps = new Set("action_required,cancelled,failure,neutral,skipped,success,timed_out".split(","));

/**
 * emulate lets anybody write check runs, forgets whose they are, and has one suite for all of a commit; GitHub wants an App,
 * names it, and has a suite for each App, or for each run of a workflow. As GitHub Actions, whose runs GitHub makes itself, a
 * test says with `suite` which run a job is of, with `run_attempt` which attempt at it (else the next), and any conclusion.
 */
export function checkRuns(identities: Identities, apiUrl: string): Correction {
  const notes = createNotes();
  return async (request, forward) => {
    const { method, path, query } = request;
    const job = /^\/repos\/[^/]+\/[^/]+\/actions\/jobs\/(\d+)$/.exec(path)?.[1];
    const attempt = notes.attemptOf(Number(job));
    if (method === "GET" && attempt !== null)
      return onePage(request, [], apiUrl, () => ({ id: Number(job), run_attempt: attempt }));
    if (!/\/check-runs(\/|$)/.test(path)) return forward(request);
    const identity = identities.of(request.headers);
    if (method !== "GET" && identity.kind !== "installation")
      return refusal(403, "You must authenticate via a GitHub App.");
    const isList = method === "GET" && path.includes("/commits/");
    const response = await forward(
      isList
        ? { ...request, query: withAll(query) }
        : await withEarlierAnnotations(speakable(request, identity), forward),
    );
    if (response.status >= 300) return response;
    const { body } = response;
    if (isList) {
      const all: Json[] = body.check_runs.map(notes.noted);
      const list = /\bfilter=all\b/.test(query) ? all : newest(all);
      return onePage(request, list, apiUrl, (part) => ({ total_count: list.length, check_runs: part }));
    }
    if (method === "POST" && identity.kind === "installation") notes.add(body.id, request, identity);
    // emulate wraps the list that GitHub answers with.
    if (method === "GET" && path.endsWith("/annotations"))
      return { ...response, body: body.check_annotations ?? body };
    return { ...response, body: body.id ? notes.noted(body) : body };
  };
}

/** What emulate does not keep of check runs, by their numbers. */
function createNotes() {
  const kept = new Map<
    number,
    { app: { id: number; slug: string }; key: string; suite: number; attempt: number; conclusion: string }
  >();
  const suites = new Map<string, number>();
  return {
    add(id: number, { path, body }: ApiRequest, { appId, slug }: { appId: number; slug: string }) {
      const own = slug === "github-actions";
      const of = JSON.stringify([path, appId, body.head_sha, own ? body.suite : null]);
      const suite = suites.get(of) ?? 5000 + suites.size;
      suites.set(of, suite);
      const key = `${suite} ${body.name}`;
      const next = 1 + [...kept.values()].filter((one) => one.key === key).length;
      const attempt = body.run_attempt ?? next;
      kept.set(id, { app: { id: appId, slug }, key, suite, attempt, conclusion: body.conclusion });
    },
    attemptOf: (id: number): number | null => kept.get(id)?.attempt ?? null,
    noted(run: Json): Json {
      const found = kept.get(run.id);
      if (found === undefined) return { ...run, app: null };
      const { app, suite, conclusion } = found;
      const isOfGitHub = conclusion && !ofApps.has(conclusion);
      return { ...run, app, check_suite: { id: suite }, ...(isOfGitHub ? { conclusion } : {}) };
    },
  };
}

/** With a conclusion that emulate takes: where it is one that only GitHub makes, that is noted beside it. */
function speakable(request: ApiRequest, identity: Identity): ApiRequest {
  const { conclusion } = request.body ?? {};
  const isOfGitHub = identity.kind === "installation" && identity.slug === "github-actions";
  if (!isOfGitHub || !conclusion || ofApps.has(conclusion)) return request;
  return { ...request, body: { ...request.body, conclusion: "neutral" } };
}

/** With those that were made again: which is the newest of its name emulate asks without regard to whose it is. */
function withAll(query: string): string {
  const asked = new URLSearchParams(query);
  asked.set("filter", "all");
  return `?${asked}`;
}

/** The newest of each name in a suite; they come newest first. */
function newest(all: readonly Json[]): Json[] {
  const groups = Map.groupBy(all, ({ name, check_suite }) => JSON.stringify([name, check_suite?.id]));
  return [...groups.values()].map(([first]) => first);
}

/** emulate replaces a check run's annotations by those of an update; GitHub adds them. */
async function withEarlierAnnotations(request: ApiRequest, forward: Forward): Promise<ApiRequest> {
  const { method, path, body } = request;
  if (method !== "PATCH" || !body?.output) return request;
  const earlier = await forward(ask(request, `${path}/annotations`, "?per_page=100"));
  const annotations = [...(earlier.body.check_annotations ?? []), ...(body.output.annotations ?? [])];
  return { ...request, body: { ...body, output: { ...body.output, annotations } } };
}
