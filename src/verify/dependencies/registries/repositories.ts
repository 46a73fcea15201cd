import { addressesIn } from "../../prepare/hosts/ask-client.ts";
import { firstStep } from "../../prepare/hosts/clients.ts";
import type { Desk } from "./desk.ts";
import { type Answer, unchecked } from "./registry.ts";

const most = 6;

/** Where a client takes packages from, without a slash at the end; none where it is not here or does not say. */
export async function repositoriesOf(desk: Desk, client: string): Promise<string[]> {
  const { out } = await desk.run(["sh", "-c", firstStep(client), client]);
  const addresses = addressesIn(out).map((address) => address.replace(/\/+$/, ""));
  return [...new Set(addresses)].slice(0, most);
}

/** What the first of several says that has it. Unknown is only what each of them says it does not have. */
export async function firstThatHas(
  places: readonly string[],
  ask: (place: string) => Promise<Answer>,
  nowhere: string,
): Promise<Answer> {
  let other: Answer = places.length === 0 ? unchecked(nowhere) : { kind: "unknown" };
  for (const place of places) {
    const answer = await ask(place);
    if (answer.kind !== "unknown" && answer.kind !== "unchecked") return answer;
    if (answer.kind === "unchecked") other = answer;
  }
  return other;
}
