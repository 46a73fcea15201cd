import { afterAll } from "@jest/globals";
import { keepsTheContract } from "./contract.ts";
import { makeImage, removeImage } from "./engine-image.ts";

const image = `localhost/firstdraft-contract:${process.pid}`;
const { missing } = makeImage("podman", image);
afterAll(() => {
  if (missing === null) removeImage("podman", image);
});

keepsTheContract({
  settings: { provider: "podman", image, acceptNoSandbox: false },
  missing,
  // root's containers run as the user that commands are given everywhere, an ordinary user's as that user
  uid: process.getuid?.() === 0 ? 60_606 : (process.getuid?.() ?? 0),
});
