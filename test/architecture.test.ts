import { describe, expect, it } from '@jest/globals';
import {
  cyclesOfRooms,
  forbiddenComposition,
  forbiddenRooms,
  impureImports,
  impureRules,
  strayLibraries,
  takenFromInside,
} from './architecture/boundaries.js';
import { unparsedInputs, unreachableHandlers } from './architecture/handlers.js';
import { clockReaders, environmentReaders, foreignHabits } from './architecture/places.js';
import { lintDisagreements, unregisteredChannels } from './architecture/registers.js';
import {
  badWordsOnHelpPages,
  namesOfOtherMachines,
  numbersThatMayBeReal,
  postponedWork,
  silencedChecks,
} from './architecture/texts.js';
import {
  crowdedFolders,
  foldersByLayer,
  longFiles,
  misnamedFiles,
  strangersAtTop,
  unknownRooms,
  wideLines,
} from './architecture/tree.js';
import { explainedVariables, knownVariables } from './architecture/variables.js';

/** A sentence about the whole house, and whatever breaks it; what breaks it is the message. */
type Rule = [sentence: string, violations: () => string[]];

const boundaries: Rule[] = [
  ['a room imports only the rooms it may know', forbiddenRooms],
  ['no room reaches round to a room that imports it', cyclesOfRooms],
  ['a room takes services and rules from another, never its rows or stores', takenFromInside],
  ['only the composition and the commands know the composition', forbiddenComposition],
  ['rules import nothing but rules', impureImports],
  ['rules have no classes and no promises', impureRules],
  ['a library stays behind the one folder that knows it', strayLibraries],
  ['lint knows the same boundaries', lintDisagreements],
  ['every channel is registered', unregisteredChannels],
];

const code: Rule[] = [
  ['time comes from the database', clockReaders],
  ['the environment is read once, at the start', environmentReaders],
  ['everything a handler is given was parsed by a schema', unparsedInputs],
  ['every handler says who may call it', unreachableHandlers],
  ['there are no enums, no tokens, no ornaments on names', foreignHabits],
  ['no check is silenced', silencedChecks],
  ['no work is postponed in a comment', postponedWork],
];

const tree: Rule[] = [
  ['nothing unexpected stands at the top', strangersAtTop],
  ['every folder of the service is a known room', unknownRooms],
  ['no folder is crowded', crowdedFolders],
  ['no folder is a layer or a drawer for anything', foldersByLayer],
  ['no file is long', longFiles],
  ['no line is wide', wideLines],
  ['files are named after what they hold', misnamedFiles],
];

const texts: Rule[] = [
  ['people and their numbers are invented', numbersThatMayBeReal],
  ['nothing depends on a machine of ours', namesOfOtherMachines],
  ['help pages say nothing that hurts', badWordsOnHelpPages],
];

describe.each([
  ['boundaries', boundaries],
  ['code', code],
  ['tree', tree],
  ['texts', texts],
])('in the %s', (_where, rules) => {
  it.each(rules)('%s', (_sentence, violations) => {
    expect(violations()).toEqual([]);
  });
});

describe('the example of the environment', () => {
  it('explains every variable there is, and no other', () => {
    expect(explainedVariables()).toEqual(knownVariables());
  });
});
