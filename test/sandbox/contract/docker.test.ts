import { afterAll } from "@jest/globals";
import { keepsTheContract } from "./contract.ts";
import { makeImage, removeImage } from "./engine-image.ts";

const image = `firstdraft-contract:${process.pid}`;
const { missing } = makeImage("docker", image);
afterAll(() => {
  if (missing === null) removeImage("docker", image);
});

keepsTheContract({
  settings: { provider: "docker", image, acceptNoSandbox: false },
  missing,
  // root's containers run as the user that commands are given everywhere, an ordinary user's as that user
  uid: process.getuid?.() === 0 ? 60_606 : (process.getuid?.() ?? 0),
});
