import { XMLParser } from "fast-xml-parser";
import { asRecord } from "../look.ts";

const lists = new Set(["testsuite", "testcase", "failure", "error", "skipped"]);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  textNodeName: "text",
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => lists.has(name),
  maxNestedTags: 50,
  // Character references too, and as many as there are: none can be declared, see below.
  htmlEntities: true,
  processEntities: { enabled: true, maxExpandedLength: Number.POSITIVE_INFINITY },
});

/** A report's root as nested records, attributes and elements alike. Throws where it is no XML or declares things. */
export function parseXml(xml: string): Record<string, unknown> {
  // No runner declares entities; whoever does wants them expanded. Logged HTML stands in CDATA.
  if (/<!(DOCTYPE|ENTITY)/i.test(withoutCdata(xml)))
    throw new SyntaxError("a report must not declare a document type");
  return asRecord(parser.parse(xml.replace(/^\uFEFF/, ""), true));
}

/** The attribute or plain text `name` of an element; null where it is missing or empty. */
export function attribute(node: Record<string, unknown>, name: string): string | null {
  const value = node[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** The text outside of CDATA sections, by search alone: a pattern would take quadratic time on sections without an end. */
function withoutCdata(xml: string): string {
  const kept: string[] = [];
  for (let at = 0; at < xml.length; ) {
    const start = xml.indexOf("<![CDATA[", at);
    const end = start < 0 ? -1 : xml.indexOf("]]>", start);
    kept.push(xml.slice(at, end < 0 ? undefined : start));
    at = end < 0 ? xml.length : end;
  }
  return kept.join("");
}
