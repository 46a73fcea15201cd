import { probotOf } from "./environment.ts";

/** A right or an event, and what does not work without it. */
interface Lack {
  readonly name: string;
  readonly without: string;
  /** Accounts at which the App was installed before it had it, and nobody has accepted it; []: the App itself lacks it. */
  readonly at: readonly string[];
}

/** What an App that was registered, or installed, before there was a look at checks may lack. */
const rights = {
  statuses: "statuses of commits are not seen, so that no draft is marked as ready for review by its checks",
  actions: "the model does not get the log of a job that failed, but what the check says of itself",
};
const events = {
  check_suite:
    "the end of a draft's check runs is not heard of: nothing is said of them, and nothing corrected",
  status: "the end of what reports no check runs, but statuses, is not heard of",
};

interface Granted {
  readonly permissions?: object | null;
  readonly events?: readonly string[] | null;
}

/** What an App lacks for the repository's own checks, as GitHub has it; each once. Throws where it cannot be asked. */
export async function lackingForChecks(env: NodeJS.ProcessEnv): Promise<Lack[]> {
  const probot = await probotOf({ ...env, LOG_LEVEL: "fatal" }, { webhooks: false });
  const octokit = await probot.auth();
  // Somebody waits for the answer.
  const request = { retries: 0 };
  const { data: app } = await octokit.rest.apps.getAuthenticated({ request });
  const installations = await octokit.paginate(octokit.rest.apps.listInstallations, {
    per_page: 100,
    request,
  });
  const lacks = (name: string, without: string, has: (granted: Granted) => boolean): Lack[] => {
    if (app !== null && !has(app as Granted)) return [{ name, without, at: [] }];
    const at = installations.filter((one) => !has(one)).map(({ account }) => nameOf(account));
    return at.length === 0 ? [] : [{ name, without, at }];
  };
  const all = (known: Readonly<Record<string, string>>) => Object.entries(known);
  return [
    ...all(rights).flatMap(([right, without]) =>
      lacks(`${right}: read`, without, ({ permissions }) => Object.hasOwn(permissions ?? {}, right)),
    ),
    ...all(events).flatMap(([event, without]) =>
      lacks(`event ${event}`, without, (granted) => granted.events?.includes(event) === true),
    ),
  ];
}

const nameOf = (account: object | null): string =>
  account === null ? "an account" : String("login" in account ? account.login : Object(account).slug);
