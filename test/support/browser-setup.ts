/** Before each file of the browser tests. */
import { afterEach } from "vitest";
import { closeProfiles } from "./chromium.ts";

afterEach(closeProfiles);
