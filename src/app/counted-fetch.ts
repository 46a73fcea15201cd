import { fetchInTime } from "../github/connect.ts";
import type { Count } from "../log/counts.ts";

/** `fetchInTime` for an Octokit, but each request is counted by the class of its answer, `none` where there was none. */
export function countedFetch(count: Count): typeof fetch {
  return async (input, init) => {
    let status = "none";
    try {
      const response = await fetchInTime(input, init);
      status = `${Math.floor(response.status / 100)}xx`;
      return response;
    } finally {
      count("github-calls", status);
    }
  };
}
