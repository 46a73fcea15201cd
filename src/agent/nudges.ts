/** What the loop itself says to the model. */
export const nudges = {
  cutOff:
    "Your reply reached the output limit and was cut off; no call in it was run. Go on in smaller steps: one edit at a time, long files in parts.",
  repeating:
    "You have made the same calls with the same results several times over. Repeating them will not change anything: try another way, or say what stops you.",
  noCall: "Your reply announced a tool call but contains none. Make the call, or finish.",
  repeatedId: "Two calls had the same id, so no call was run. Make them again, each with an id of its own.",
  notRun: "Not run.",
  notRunBesideBrokenCall: "Not run, because another call in the same reply could not be read. Make it again.",
  noOutput: "(no output)",
} as const;
