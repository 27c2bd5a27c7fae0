/**
 * C-1: which hosts the app talks to as Salesforce. Login URLs, instance URLs and every redirect pass
 * here before a request leaves; what does not pass is refused with a sentence that says what to enter
 * instead.
 */

export type HostCheck =
  | { readonly ok: true /** `https://host`, lower case, no path. */; readonly origin: string }
  | { readonly ok: false; readonly reason: string };

const myDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}my\.salesforce\.com$/;
const sharedLogin: ReadonlySet<string> = new Set(['login.salesforce.com', 'test.salesforce.com']);

/** Addresses that people copy from the browser's bar, and the API host that belongs to them. */
const lookAlikes: readonly { readonly suffix: RegExp; readonly what: string }[] = [
  { suffix: /\.lightning\.force\.com$/, what: 'a Lightning address, which has no API' },
  { suffix: /\.my\.salesforce-setup\.com$/, what: 'the address of Setup, which has no API' },
  { suffix: /\.(?:vf|visual)\.force\.com$/, what: 'a Visualforce address, which has no API' },
  { suffix: /\.my\.site\.com$/, what: 'the address of a site, which has no API' },
];

const expected =
  'Enter `https://login.salesforce.com`, `https://test.salesforce.com` or your My Domain, such as `https://acme.my.salesforce.com`.';

export function checkHost(input: string): HostCheck {
  const text = input.trim();
  if (text === '') return no(`The login URL is empty. ${expected}`);
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[a-z0-9.-]+:\d+/i.test(text) ? text : `https://${text}`);
  } catch {
    return no(`This is not a URL. ${expected}`);
  }
  if (url.protocol !== 'https:') return no(`Only https is accepted. ${expected}`);
  if (url.username !== '' || url.password !== '')
    return no(`A login URL carries no user name and no password. ${expected}`);
  if (url.port !== '') return no(`A login URL carries no port. ${expected}`);

  const host = url.hostname;
  if (sharedLogin.has(host) || myDomain.test(host)) return { ok: true, origin: `https://${host}` };

  const alike = lookAlikes.find(({ suffix }) => suffix.test(host));
  if (alike !== undefined) {
    const name = host.replace(alike.suffix, '').replace(/--c(?=$|\.)/, '');
    const instead = `${name}.my.salesforce.com`;
    return no(
      `\`${host}\` is ${alike.what}.${myDomain.test(instead) ? ` Enter \`https://${instead}\` instead.` : ` ${expected}`}`,
    );
  }
  if (host.endsWith('.salesforce.com') || host === 'salesforce.com')
    return no(
      `\`${host}\` is not a My Domain host. In Salesforce, Setup, My Domain shows the one to enter, such as \`https://acme.my.salesforce.com\`.`,
    );
  return no(`\`${shown(host)}\` is not a Salesforce login host. ${expected}`);
}

const no = (reason: string): HostCheck => ({ ok: false, reason });
const shown = (host: string) => (host.length > 80 ? `${host.slice(0, 80)}…` : host);
