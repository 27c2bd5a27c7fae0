/**
 * The page's half of `__bridge`, put first into the page's head as Forge puts its own. What needs the app
 * or Jira goes to the host; what belongs to the product's window (flags, theme, history) is done here.
 */
(() => {
  const query = new URLSearchParams(location.search);
  const looking = {
    module: location.pathname.split('/')[2],
    ...(query.has('user') ? { user: query.get('user') } : {}),
    ...(query.has('issue') ? { issue: query.get('issue') } : {}),
  };
  /** The sandbox's clock may be ahead of the machine's, or stand still. */
  const machineNow = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => machineNow() + ahead;
  const post = async (path, body) => {
    const response = await fetch(`/bridge/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...looking, ...body }),
    });
    const now = Number(response.headers.get('x-sandbox-now') ?? machineNow());
    ahead = Math.abs(now - machineNow()) < 5000 ? 0 : now - machineNow();
    const answer = await response.json();
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  };

  const listeners = new Map();
  const emit = ({ event, payload }) => {
    for (const callback of listeners.get(event) ?? []) callback(payload);
  };
  /** Open from the first who asks: a page that does not listen holds no connection. */
  let changes;
  const hearChanges = () => {
    changes ??= new EventSource(`/bridge/changes?${new URLSearchParams(looking)}`);
    changes.onmessage = ({ data }) => emit({ event: 'JIRA_ISSUE_CHANGED', payload: JSON.parse(data) });
  };
  const on = ({ event, callback }) => {
    if (event === 'JIRA_ISSUE_CHANGED' && looking.issue !== undefined) hearChanges();
    listeners.set(event, [...(listeners.get(event) ?? []), callback]);
    return {
      unsubscribe: () =>
        listeners.set(
          event,
          (listeners.get(event) ?? []).filter(one => one !== callback),
        ),
    };
  };

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = () => {
    const root = document.documentElement;
    root.dataset.colorMode = query.get('theme') ?? (dark.matches ? 'dark' : 'light');
    root.dataset.theme = 'light:light dark:dark spacing:spacing typography:typography shape:shape';
  };
  const enableTheming = async () => {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/bridge/theme.css' });
    document.head.append(sheet);
    theme();
    dark.addEventListener('change', theme);
  };

  const flags = new Map();
  const closeFlag = ({ id }) => {
    flags.get(id)?.remove();
    flags.delete(id);
  };
  const showFlag = ({ id, title, description, type = 'info', isAutoDismiss, actions = [] }) => {
    closeFlag({ id });
    const flag = document.createElement('div');
    flag.className = `sandbox-flag sandbox-flag-${type}`;
    flag.setAttribute('role', 'status');
    const heading = Object.assign(document.createElement('strong'), { textContent: title });
    const text = Object.assign(document.createElement('p'), { textContent: description ?? '' });
    const buttons = actions.map(action => {
      const button = Object.assign(document.createElement('button'), { textContent: action.text });
      button.addEventListener('click', action.onClick);
      return button;
    });
    flag.append(heading, text, ...buttons);
    document.body.append(flag);
    flags.set(id, flag);
    if (isAutoDismiss) setTimeout(() => closeFlag({ id }), 8000);
    return true;
  };

  /** The part of the address that belongs to the app lives in the fragment. */
  const createHistory = () => {
    const place = () => {
      const url = new URL(location.hash.slice(1) || '/', location.origin);
      return { pathname: url.pathname, search: url.search, hash: url.hash, state: history.state, key: 'sandbox' };
    };
    const heard = new Set();
    const target = to => (typeof to === 'string' ? to : `${to.pathname ?? '/'}${to.search ?? ''}${to.hash ?? ''}`);
    const move = action => {
      for (const callback of heard) callback(place(), action);
    };
    addEventListener('popstate', () => move('POP'));
    return {
      action: 'POP',
      location: place(),
      listen: callback => {
        heard.add(callback);
        return () => heard.delete(callback);
      },
      push: (to, state) => {
        history.pushState(state, '', `#${target(to)}`);
        move('PUSH');
      },
      replace: (to, state) => {
        history.replaceState(state, '', `#${target(to)}`);
        move('REPLACE');
      },
      go: steps => history.go(steps),
      goBack: () => history.back(),
      goForward: () => history.forward(),
    };
  };

  /** What would lead to the product or to Salesforce leads to the same thing in the sandbox. */
  const addressOf = target => {
    const address = typeof target === 'string' ? target : (target?.url ?? `/issue/${target?.issueKey ?? ''}`);
    const url = new URL(address, location.origin);
    const record = /^\/([a-zA-Z0-9]{15,18})$/.exec(url.pathname)?.[1];
    if (record !== undefined && url.hostname === 'sandbox.my.salesforce.com') return `/#record=${record}`;
    const issue = /^\/(?:issue|browse)\/([A-Z][A-Z0-9]*-\d+)$/.exec(url.pathname)?.[1];
    return issue === undefined ? address : `/#issue=${issue}`;
  };
  /** On the sandbox's own page, what belongs to it is shown there, beside the frame. */
  const openBeside = address => {
    if (parent === window || !address.startsWith('/#')) open(address, '_blank', 'noopener');
    else parent.postMessage({ show: address.slice(2) }, location.origin);
  };
  const commands = {
    invoke: async ({ functionKey, payload }) => (await post('invoke', { functionKey, payload })).value,
    getContext: () => post('context', {}),
    fetchProduct: call => post('product', call),
    navigate: target => {
      if (target.type === 'new-tab' || parent !== window) openBeside(addressOf(target));
      else location.assign(addressOf(target));
    },
    getUrl: target => new URL(addressOf(target), location.origin).href,
    reload: () => location.reload(),
    refresh: () => location.reload(),
    close: () => history.back(),
    onClose: () => true,
    showFlag,
    closeFlag,
    createHistory,
    enableTheming,
    changeWindowTitle: title => {
      document.title = title;
    },
    emit,
    on,
    emitPublic: emit,
    onPublic: on,
    emitReadyEvent: () => {},
    getFrameId: () => 'sandbox',
  };

  globalThis.__bridge = {
    callBridge: async (command, data) => {
      const run = commands[command];
      if (!run) throw new Error(`${command} is not modelled in the sandbox's Forge host.`);
      return run(data);
    },
  };
})();
