/* Loaded with `-r` into processes of the package under test; a plain module without exports. */
import { CLOCK_OF_PROCESS } from "../../provider/common/clock";
import { fastClock } from "./fast-clock-of";

Object.defineProperty(globalThis, CLOCK_OF_PROCESS, { value: fastClock() });
