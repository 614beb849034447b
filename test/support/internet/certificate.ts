import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../service/child.js';

export interface Certificate {
  key: string;
  cert: string;
}

/** Null: this machine has no program that makes certificates. */
const openssl = findProgram('openssl');
export const canMakeCertificates = openssl !== null;

/** Signed by itself, for these names; nobody trusts it who was not told to. */
export function makeCertificate(...names: string[]): Certificate {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-certificate-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  const asked = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2`;
  const details = ['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${alternatives}`];
  try {
    const args = [...asked.split(' '), ...details, '-keyout', key, '-out', cert];
    execFileSync(openssl!, args, { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
