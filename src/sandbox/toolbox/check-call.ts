import type { ToolCall } from "../tool.ts";
import { type ToolDefinition, toolDefinitions } from "./definitions.ts";

/** Bytes of one call's arguments. A larger file can be written in parts. */
const INPUT_BYTES = 2 ** 20;

/** What is wrong with a call, in words for the model, or null. */
export function checkCall({ name, input }: ToolCall): string | null {
  const definition = toolDefinitions.find((each) => each.name === name);
  if (definition === undefined) {
    return `There is no tool ${JSON.stringify(name)}. The tools are ${toolDefinitions.map((each) => each.name).join(", ")}.`;
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return `${name}: the arguments must be one JSON object.`;
  }
  const size = Buffer.byteLength(JSON.stringify(input));
  if (size > INPUT_BYTES)
    return `${name}: ${size} bytes of arguments; the most is ${INPUT_BYTES}. Do it in parts.`;
  return checkArguments(definition, input as Readonly<Record<string, unknown>>);
}

function checkArguments(
  { name, input_schema: { properties, required = [] } }: ToolDefinition,
  input: Readonly<Record<string, unknown>>,
): string | null {
  const missing = required.filter((key) => input[key] === undefined);
  if (missing.length > 0) return `${name}: ${missing.join(", ")} missing.`;
  for (const [key, value] of Object.entries(input)) {
    const property = properties[key];
    if (property === undefined) return `${name}: there is no argument ${JSON.stringify(key)}.`;
    if (value !== undefined && !fits(property.type, value))
      return `${name}: ${key} must be of type ${property.type}.`;
  }
  return null;
}

function fits(type: string, value: unknown): boolean {
  if (type === "array") return Array.isArray(value) && value.every((each) => Number.isInteger(each));
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}
