/** What each command does, by how it is written. */
export const usage: Readonly<Record<string, string>> = {
  migrate: 'brings the schema up to date',
  'apply FILE.yaml': 'brings a program to what a file says; shows its plan first',
  'export --program KEY': 'writes a program as the file that apply takes',
  'verify-audit [FILE]': 'checks the audit log, or an export: 0 intact, 1 broken, 2 not checked',
  'keys create --program KEY --name NAME': 'a new integration key, shown once',
  'keys revoke --program KEY --name NAME': 'ends every integration key of that name at once',
  'tokens create --staff KEY --name NAME': 'a new access token for one person, shown once',
  'help-links create --program KEY --participant EXTERNAL_ID':
    "a new address of a participant's own help page; the one before ends",
  doctor: 'looks for what would leave somebody unanswered',
  demo: 'fills the demo; npm start does it',
  help: 'shows this',
};

export function helpText(): string {
  const lines = Object.entries(usage).map(([how, what]) => `  ${how}\n      ${what}`);
  return ['handrail <command>', ...lines].join('\n');
}
