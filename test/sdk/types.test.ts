/** Reports of the compiler and of an editor on programs. One file, since all of its parts share one language service. */
import "./types/programs";
import "./types/hover";
import "./types/lookups";
import "./types/lookup-arguments";
