import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHost } from './hosts.ts';

describe('C-1 hosts that the app talks to as Salesforce', () => {
  it.each([
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://test.salesforce.com/', 'https://test.salesforce.com'],
    ['https://acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['  https://ACME.my.salesforce.com/lightning/setup?x=1#y ', 'https://acme.my.salesforce.com'],
    ['acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['https://acme.my.salesforce.com:443', 'https://acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme-dev-ed.develop.my.salesforce.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
    ['https://energy-1.scratch.my.salesforce.com', 'https://energy-1.scratch.my.salesforce.com'],
  ])('accepts %s', (input, origin) => {
    expect(checkHost(input)).toEqual({ ok: true, origin });
  });

  it.each([
    ['', 'empty'],
    ['not a url', 'not a URL'],
    ['http://acme.my.salesforce.com', 'Only https'],
    ['ftp://login.salesforce.com', 'Only https'],
    ['javascript:alert(1)', 'Only https'],
    ['https://user:secret@login.salesforce.com', 'no user name'],
    ['https://acme.my.salesforce.com:8443', 'no port'],
    ['acme.my.salesforce.com:8443', 'no port'],
    ['https://my.salesforce.com', 'not a My Domain host'],
    ['https://na139.salesforce.com', 'not a My Domain host'],
    ['https://acme.my.salesforce.com.evil.example', 'not a Salesforce login host'],
    ['https://evil.example/acme.my.salesforce.com', 'not a Salesforce login host'],
    ['https://evil.example#.my.salesforce.com', 'not a Salesforce login host'],
    ['https://acmemy.salesforce.com', 'not a My Domain host'],
    ['https://login.salesforce.com.', 'not a Salesforce login host'],
    ['https://127.0.0.1', 'not a Salesforce login host'],
    ['https://[::1]', 'not a Salesforce login host'],
    ['https://localhost', 'not a Salesforce login host'],
    ['https://169.254.169.254/latest/meta-data', 'not a Salesforce login host'],
  ])('refuses %s', (input, words) => {
    expect(checkHost(input)).toMatchObject({ ok: false, reason: expect.stringContaining(words) });
  });

  it.each([
    ['https://acme.lightning.force.com/lightning/page/home', 'https://acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.lightning.force.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme.my.salesforce-setup.com/lightning/setup', 'https://acme.my.salesforce.com'],
    ['https://acme--c.vf.force.com/apex/x', 'https://acme.my.salesforce.com'],
  ])('says what to enter instead of %s', (input, instead) => {
    const checked = checkHost(input);
    expect(checked.ok).toBe(false);
    expect(checked).toMatchObject({ reason: expect.stringContaining(`\`${instead}\``) });
  });

  it('accepts nothing whose host lies outside Salesforce, whatever is typed', () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'acme',
      '.my',
      '.salesforce',
      '.com',
      'login',
      '/',
      '@',
      '#',
      '?',
      ':',
      '\\',
      '.',
      ' ',
      '%2e',
      'evil.example',
      '\u3002',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.array(piece, { maxLength: 9 }).map(all => all.join('')),
        ),
        input => {
          const checked = checkHost(input);
          if (!checked.ok) return;
          const { protocol, hostname, port } = new URL(checked.origin);
          expect(protocol).toBe('https:');
          expect(port).toBe('');
          expect(hostname).toMatch(/^(login|test)\.salesforce\.com$|\.my\.salesforce\.com$/);
        },
      ),
      { numRuns: 500 },
    );
  });
});
