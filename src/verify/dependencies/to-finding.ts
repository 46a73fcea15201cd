import { dependencyUnknown, type Finding } from "../types.ts";
import type { Added } from "./added.ts";
import { daysSince, factsOf, nearSentence, quoted, youngDays } from "./facts.ts";
import type { NearName } from "./near-names.ts";
import type { Answer } from "./registries/registry.ts";

/** What is to be said of one added dependency; null: nothing that the manifest's author would have to look at. */
export function toFinding(added: Added, answer: Answer, near: NearName | null): Finding | null {
  const { ecosystem, file, line, indirect } = added;
  const name = quoted(added.name);
  const like = nearSentence(near);
  const say = (gate: string, reason: string, weight: Finding["weight"] = "remark"): Finding => ({
    ...{ gate, weight, file, line, reason },
  });
  switch (answer.kind) {
    case "unknown":
      return say(
        dependencyUnknown,
        `The new dependency ${name} does not exist in ${ecosystem}'s registry: whoever registers that name decides what it is.${like}`,
        "blocking",
      );
    case "taken-down":
      return say(
        dependencyUnknown,
        `The new dependency ${name} was taken down in ${ecosystem}'s registry for doing harm; only its name is left.${like}`,
        "blocking",
      );
    case "unchecked":
      return say(
        near === null ? "dependency-unchecked" : "dependency-near-name",
        `The new dependency ${name} (${ecosystem}) was not checked: ${answer.why}.${like}`,
      );
    case "exists": {
      const { firstPublished } = answer;
      const days = firstPublished === null ? null : daysSince(firstPublished);
      const sentence = `The new dependency ${name} (${ecosystem}): ${factsOf(answer)}.${like}`;
      if (days !== null && days < youngDays) return say("dependency-young", sentence);
      if (near !== null) return say("dependency-near-name", sentence);
      if (indirect) return null;
      return say(days === null ? "dependency-unchecked" : "dependency-added", sentence);
    }
  }
}
