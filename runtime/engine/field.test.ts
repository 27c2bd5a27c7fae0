/** What a field’s owner is followed in, and what is told of it: of every state that a look can find. */
import { describe, expect, it } from 'vitest';
import type { Owner } from '../../compiler/plan/ir.ts';
import { before, type Case, fieldDecided, said, sent, shared } from '../../test/kit/one-field.ts';

describe.each<[Owner, readonly (readonly [string, Case, string])[]]>([
  [
    'salesforce',
    [
      ['leaves Jira alone while it is empty', { jira: 'x' }, 'nothing'],
      [
        'gives its value to a new link',
        { salesforce: 'a', jira: 'x' },
        'write jira “a”: first sync of this link takes the value from Salesforce',
      ],
      ['has nothing to say where Jira has it already', { salesforce: 'a', jira: 'a' }, 'nothing'],
      [
        'is followed when it changes',
        { salesforce: 'b', jira: 'a', base: ['a', 'a'] },
        'write jira “b”: Subject changed in Salesforce',
      ],
      [
        'is followed when it is emptied',
        { jira: 'a', base: ['a', 'a'] },
        'write jira “”: Subject changed in Salesforce',
      ],
      [
        'is put back over an edit, though nobody knows yet whose',
        { salesforce: 'a', jira: 'x', base: ['a', 'a'] },
        'write jira “a”: Summary was edited in Jira, but Salesforce owns it; asks who edited it',
      ],
      [
        'is put back over a person’s edit',
        { salesforce: 'a', jira: 'x', base: ['a', 'a'], changes: ['app', 'person'] },
        'write jira “a”: Summary was edited in Jira, but Salesforce owns it',
      ],
      [
        'is not written again to a Jira that gave it another form',
        { salesforce: 'a', jira: 'x', base: ['a', 'a'], changes: ['person', 'app'] },
        'nothing',
      ],
      [
        'is not written again to a Jira whose form is known',
        { salesforce: 'a', jira: 'x', base: ['a', 'x', { written: { side: 'jira', value: 'a' } }] },
        'nothing',
      ],
      [
        'is written to a Jira that has it in no form',
        { salesforce: 'a', jira: 'x', base: ['a', 'x'], changes: ['app'] },
        'write jira “a”: Subject in Salesforce gives another value now',
      ],
      [
        'is put back over an edit of the form that Jira had given it',
        {
          salesforce: 'a',
          jira: 'y',
          base: ['a', 'x', { written: { side: 'jira', value: 'a' } }],
          changes: ['person'],
        },
        'write jira “a”: Summary was edited in Jira, but Salesforce owns it',
      ],
      [
        'is followed when it changes though Jira has a form of its own',
        { salesforce: 'b', jira: 'x', base: ['a', 'x', { written: { side: 'jira', value: 'a' } }] },
        'write jira “b”: Subject changed in Salesforce',
      ],
      [
        'is written again where an earlier write without an answer may have left its form',
        { salesforce: 'a', jira: 'x', base: ['a', 'a', { sending: [sent('jira', 'b')] }], changes: ['app'] },
        'write jira “a”: an earlier write of Summary was made without its answer, and the value is another one by now',
      ],
      [
        'is not written again after a write without an answer of the same value',
        { salesforce: 'a', jira: 'x', base: ['a', 'a', { sending: [sent('jira', 'a')] }], changes: ['app'] },
        'nothing',
      ],
    ],
  ],
  [
    'jira',
    [
      ['leaves Salesforce alone while it is empty', { salesforce: 'x' }, 'nothing'],
      [
        'gives its value to a new link',
        { salesforce: 'x', jira: 'a' },
        'write salesforce “a”: first sync of this link takes the value from Jira',
      ],
      ['has nothing to say where Salesforce has it already', { salesforce: 'a', jira: 'a' }, 'nothing'],
      [
        'is followed when it changes',
        { salesforce: 'a', jira: 'b', base: ['a', 'a'] },
        'write salesforce “b”: Summary changed in Jira',
      ],
      [
        'is followed when it is emptied',
        { salesforce: 'a', base: ['a', 'a'] },
        'write salesforce “”: Summary changed in Jira',
      ],
      [
        'is put back over an edit',
        { salesforce: 'x', jira: 'a', base: ['a', 'a'] },
        'write salesforce “a”: Subject was edited in Salesforce, but Jira owns it',
      ],
      [
        'is not written again to a Salesforce whose form is known',
        { salesforce: 'A', jira: 'a', base: ['A', 'a', { written: { side: 'salesforce', value: 'a' } }] },
        'nothing',
      ],
      [
        'is written to a Salesforce that has it in no form',
        { salesforce: 'A', jira: 'a', base: ['A', 'a'] },
        'write salesforce “a”: Subject was edited in Salesforce, but Jira owns it',
      ],
      [
        'is put back over an edit of the form that Salesforce had given it',
        { salesforce: 'y', jira: 'a', base: ['A', 'a', { written: { side: 'salesforce', value: 'a' } }] },
        'write salesforce “a”: Subject was edited in Salesforce, but Jira owns it',
      ],
      [
        'is followed though Salesforce has a form of its own',
        { salesforce: 'A', jira: 'b', base: ['A', 'a', { written: { side: 'salesforce', value: 'a' } }] },
        'write salesforce “b”: Summary changed in Jira',
      ],
    ],
  ],
  [
    'both',
    [
      ['have nothing to say while both are empty', {}, 'nothing'],
      ['have nothing to say when a new link finds the same', { salesforce: 'a', jira: 'a' }, 'nothing'],
      [
        'begin with Salesforce’s value',
        { salesforce: 'a', jira: 'x' },
        'write jira “a”: first sync of this link takes the value from Salesforce',
      ],
      [
        'begin with Salesforce’s value where Jira has none',
        { salesforce: 'a' },
        'write jira “a”: first sync of this link takes the value from Salesforce',
      ],
      [
        'begin with Jira’s value where Salesforce has none',
        { jira: 'a' },
        'write salesforce “a”: first sync of this link takes the value from Jira',
      ],
      [
        'follow Salesforce when it changes',
        { salesforce: 'b', jira: 'a', base: ['a', 'a'] },
        'write jira “b”: Subject changed in Salesforce',
      ],
      [
        'follow Jira when it changes, and ask who did it',
        { salesforce: 'a', jira: 'b', base: ['a', 'a'] },
        'write salesforce “b”: Summary changed in Jira; asks who edited it',
      ],
      [
        'follow a person in Jira',
        { salesforce: 'a', jira: 'b', base: ['a', 'a'], changes: ['app', 'person'] },
        'write salesforce “b”: Summary changed in Jira',
      ],
      [
        'have nothing to say of the same edit on both sides',
        { salesforce: 'b', jira: 'b', base: ['a', 'a'] },
        'nothing',
      ],
      [
        'take what the app left in Jira for a form of what it wrote',
        { salesforce: 'a', jira: 'A', base: ['a', 'a'], changes: ['person', 'app'] },
        'nothing',
      ],
      [
        'take what nobody changed in Jira for a form of what was written',
        { salesforce: 'a', jira: 'A', base: ['a', 'a'], changes: [] },
        'nothing',
      ],
      [
        'follow Salesforce over a form of what the app wrote',
        { salesforce: 'b', jira: 'A', base: ['a', 'a'], changes: ['app'] },
        'write jira “b”: Subject changed in Salesforce',
      ],
      [
        'write again over what a write without an answer may have left in Jira',
        { salesforce: 'a', jira: 'B', base: ['a', 'a', { sending: [sent('jira', 'b')] }], changes: ['app'] },
        'write jira “a”: Subject in Salesforce gives another value now',
      ],
      [
        'know what was sent to Jira long ago as long as it stands there',
        { salesforce: 'c', jira: 'b', base: ['a', 'a', { sending: [sent('jira', 'b', before)] }] },
        'write jira “c”: Subject changed in Salesforce',
      ],
      [
        'do not write again for what was sent to Salesforce',
        { salesforce: 'a', jira: 'A', base: ['a', 'a', { sending: [sent('salesforce', 'b')] }], changes: ['app'] },
        'nothing',
      ],
      [
        'write again for what was sent to Jira, whatever was sent to Salesforce beside it',
        {
          salesforce: 'a',
          jira: 'B',
          base: ['a', 'a', { sending: [sent('salesforce', 'c'), sent('jira', 'b')] }],
          changes: ['app'],
        },
        'write jira “a”: Subject in Salesforce gives another value now',
      ],
      [
        'owe Salesforce nothing of what Jira gave the issue by itself where nothing was sent',
        { jira: 'm', base: [null, null], changes: [] },
        'nothing',
      ],
      [
        'owe it nothing where it was emptied',
        { jira: 'm', base: [null, null, { sending: [sent('salesforce', null)] }], changes: [] },
        'nothing',
      ],
      [
        'owe it nothing for what was sent to Jira only',
        { jira: 'm', base: [null, null, { sending: [sent('jira', 'x')] }], changes: [] },
        'write jira “”: Subject in Salesforce gives another value now',
      ],
      [
        'owe it what was sent, whatever was sent to Jira beside it',
        { jira: 'm', base: [null, null, { sending: [sent('jira', 'x'), sent('salesforce', 'm')] }], changes: [] },
        'write salesforce “m”: Summary changed in Jira',
      ],
      [
        'still owe Salesforce the value that Jira gave the issue by itself',
        { jira: 'm', base: [null, null, { sending: [sent('salesforce', 'm')] }], changes: [] },
        'write salesforce “m”: Summary changed in Jira',
      ],
      [
        'owe it nothing once it arrived',
        { salesforce: 'm', jira: 'm', base: [null, null, { sending: [sent('salesforce', 'm')] }], changes: [] },
        'found salesforce “m”: written by an earlier run that was stopped, or not answered, before it could say so',
      ],
      [
        'find in Jira what was sent there',
        { salesforce: 'b', jira: 'b', base: ['a', 'a', { sending: [sent('jira', 'b')] }] },
        'found jira “b”: written by an earlier run that was stopped, or not answered, before it could say so',
      ],
      [
        'find there what was sent for the second time',
        {
          salesforce: 'a',
          jira: 'a',
          base: ['a', 'a', { sending: [{ ...sent('jira', 'a'), again: true }] }],
        },
        'found jira “a”: written by an earlier run that was stopped, or not answered, before it could say so',
      ],
      [
        'do not find what stood there before',
        { salesforce: 'a', jira: 'a', base: ['a', 'a', { sending: [sent('jira', 'a')] }] },
        'nothing',
      ],
      [
        'follow Salesforce on over what was sent to Jira',
        { salesforce: 'c', jira: 'b', base: ['a', 'a', { sending: [sent('jira', 'b')] }] },
        'write jira “c”: Subject changed in Salesforce',
      ],
      [
        'follow Jira on over what was sent to Salesforce, whoever asks',
        { salesforce: 'b', jira: 'c', base: ['a', 'a', { sending: [sent('salesforce', 'b')] }] },
        'write salesforce “c”: Summary changed in Jira',
      ],
      [
        'know what was sent long ago as long as it stands there',
        { salesforce: 'b', jira: 'c', base: ['a', 'a', { sending: [sent('salesforce', 'b', before)] }] },
        'write salesforce “c”: Summary changed in Jira',
      ],
      [
        'ask whether a write went over an edit that nobody had seen',
        { salesforce: 'a', jira: 'a', base: ['a', 'a', { over: before }] },
        'nothing; asks who edited it',
      ],
      [
        'keep the edit that a write went over',
        {
          salesforce: 'a',
          jira: 'a',
          base: ['a', 'a', { over: before }],
          changes: [
            ['person', before + 1, 'mine'],
            ['app', before + 2],
          ],
        },
        'skip jira “”: Summary was edited in Jira just when Salesforce’s value was written over it; the edit is kept here',
      ],
      [
        'have nothing to keep of an edit that was seen',
        {
          salesforce: 'a',
          jira: 'a',
          base: ['a', 'a', { over: before }],
          changes: [
            ['person', before, 'mine'],
            ['app', before + 2],
          ],
        },
        'nothing',
      ],
    ],
  ],
])('S-1 %s own a field, and', (owner, cases) => {
  it.each(cases)('%s', (_, state, expected) => {
    expect(said(fieldDecided(shared(owner), state))).toBe(expected);
  });
});
