import { type Correction, invalid } from "../exchange.ts";

const longest = 65_536;

/** emulate keeps texts of any length; GitHub refuses those beyond 65,536 characters (65,535 in a check run). */
export const tooLong: Correction = async (request, forward) => {
  const { body } = request;
  if (typeof body?.body === "string" && body.body.length > longest) {
    const message = `body is too long (maximum is ${longest} characters)`;
    return invalid("Issue", { code: "custom", field: "body", message });
  }
  for (const field of ["summary", "text"]) {
    const text = body?.output?.[field];
    if (typeof text === "string" && text.length >= longest) {
      const message = `Only ${longest - 1} characters are allowed; ${text.length} were supplied.`;
      return invalid("CheckRun", { code: "custom", field, message });
    }
  }
  return forward(request);
};
