import { parseXml } from "../../runners/xml.ts";
import { at, textIn, textsOf } from "../manifests/manifest.ts";
import type { Desk, Got } from "./desk.ts";
import { type Answer, dateOf, type Registry, short, unchecked } from "./registry.ts";
import { firstThatHas, repositoriesOf } from "./repositories.ts";

const xml = "application/xml, text/xml";

/**
 * By the repositories that Maven names, or Gradle for its own files: a build knows no others. A version's date is that of
 * its file; they do not tell downloads. https://maven.apache.org/repositories/metadata.html
 */
export const maven: Registry = {
  syntax: /^[a-z\d][\w.-]*:[a-z\d][\w.-]*$/i,
  async open(desk) {
    const named = new Map<string, Promise<string[]>>();
    return async (name, file) => {
      const client = file.endsWith("pom.xml") ? "maven" : "gradle";
      const places = named.get(client) ?? repositoriesOf(desk, client);
      named.set(client, places);
      const nowhere = `${client === "maven" ? "Maven" : "Gradle"} names no repository here`;
      return await firstThatHas(await places, (place) => look(desk, place, name), nowhere);
    };
  },
};

async function look(desk: Desk, place: string, name: string): Promise<Answer> {
  const [group = "", artifact = ""] = name.split(":");
  const folder = `${place}/${group.replaceAll(".", "/")}/${artifact}`;
  const found = await desk.get(`${folder}/maven-metadata.xml`, xml);
  if (found?.status === 404) return { kind: "unknown" };
  const metadata = found?.status === 200 ? read(found) : null;
  if (metadata === null) return unchecked("a repository of Maven's gave no answer that can be read");
  const versioning = at(metadata, "metadata", "versioning");
  const versions = textsOf([at(versioning, "versions", "version")].flat()).filter((one) =>
    /^[\w.+-]{1,60}$/.test(one),
  );
  const latest = textIn(versioning, "release", "latest") ?? versions.at(-1) ?? null;
  const pom = async (version: string | null | undefined) =>
    version && versions.includes(version)
      ? await desk.get(`${folder}/${version}/${artifact}-${version}.pom`, xml)
      : null;
  const [first, last] = [await pom(versions[0]), await pom(latest)];
  return {
    kind: "exists",
    firstPublished: first?.status === 200 ? dateOf(first.modified) : null,
    ...{ latest: short(latest), licence: licenceIn(last), downloads: null },
  };
}

/** A licence that a parent states is not looked for. */
function licenceIn(pom: Got | null): string | null {
  const project = pom?.status === 200 ? at(read(pom), "project", "licenses", "license") : null;
  return short(textIn([project].flat()[0], "name"));
}

function read({ body }: Got): Record<string, unknown> | null {
  try {
    return parseXml(body);
  } catch {
    // Its parser's words would be about a stranger's text.
    return null;
  }
}
