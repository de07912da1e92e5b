/** Which certificate authorities are trusted beside those that Node trusts by itself. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContext } from "node:tls";
import { decodeText } from "../auth/files";
import { messageOf, VideoAnalysisError } from "../../common/errors";

export interface Certificates {
  /** PEM file of certificate authorities; none are added where it is absent. */
  readonly caCertFile?: string | undefined;
  /** Where the file is named, for messages. */
  readonly caCertSource?: string | undefined;
}

/** As the TLS functions take it. */
export interface TlsOptions {
  readonly secureContext?: SecureContext;
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The members of `SecureContext`, which its declarations leave open. */
interface NativeContext {
  addCACert(certificate: string): void;
}

/**
 * Adds to Node's own authorities, whichever those are (`--use-openssl-ca`, `--use-system-ca`, `NODE_EXTRA_CA_CERTS`): the
 * option `ca` would take their place.
 *
 * @throws `CONFIGURATION` for a file that cannot be used
 */
export function trustIn({ caCertFile, caCertSource }: Certificates): TlsOptions {
  if (caCertFile === undefined) return {};
  try {
    const certificates = certificatesIn(caCertFile);
    // TLS itself would take a file without any in silence.
    if (certificates.length === 0) throw new Error(`${caCertFile} has no certificate`);
    const secureContext = createSecureContext();
    for (const certificate of [...certificates, ...furtherCertificates()]) {
      (secureContext.context as NativeContext).addCACert(certificate);
    }
    return { secureContext };
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${caCertSource ?? "video-analysis:caCertFile"} is not usable: ${messageOf(error)}. Give the path of a readable file ` +
        "with certificates in PEM form.",
      { cause: error },
    );
  }
}

function certificatesIn(file: string): readonly string[] {
  const certificates = decodeText(readFileSync(file)).match(PEM_CERTIFICATE) ?? [];
  for (const certificate of certificates) new X509Certificate(certificate);
  return certificates;
}

/** Those of `NODE_EXTRA_CA_CERTS`, which not every version of Node keeps where a context is given others. */
function furtherCertificates(): readonly string[] {
  const { NODE_EXTRA_CA_CERTS: file = "" } = process.env;
  try {
    return file === "" ? [] : certificatesIn(file);
  } catch (error) {
    // Node itself only warns of such a file.
    if (!(error instanceof Error)) throw error;
    return [];
  }
}
