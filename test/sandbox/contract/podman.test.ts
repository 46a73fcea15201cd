import { afterAll } from "@jest/globals";
import { keepsTheContract } from "./contract.ts";
import { makeImage, removeImage } from "./podman-image.ts";

const image = `localhost/firstdraft-contract:${process.pid}`;
const { missing } = makeImage(image);
afterAll(() => {
  if (missing === null) removeImage(image);
});

keepsTheContract({
  settings: { provider: "podman", image, acceptNoSandbox: false },
  missing,
  // root's containers run as the user that commands are given everywhere, an ordinary user's as that user
  uid: process.getuid?.() === 0 ? 60_606 : (process.getuid?.() ?? 0),
});
