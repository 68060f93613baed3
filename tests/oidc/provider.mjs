// A real OpenID provider for the tests (npm oidc-provider). Who signs in, with which groups, is told by POST /tests;
// so is the one thing that a real provider does not do: to hand out an ID token that the test has made.
import http from 'node:http';
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8')); // {keys: [[jwk], [jwk]], redirect_uri, signed_out}
const told = { who: 'sub-1', name: 'aino', groups: [], key: 0, forged: null };
const server = http.createServer();

function build(port) {
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    jwks: { keys: [given.keys[told.key]] },
    clients: [{
      client_id: 'vaiti', client_secret: 'a secret of the tests, and of nobody else',
      redirect_uris: [given.redirect_uri], post_logout_redirect_uris: [given.signed_out],
      response_types: ['code'], grant_types: ['authorization_code'],
    }],
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of the tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { IdToken: 300, Session: 60, Grant: 60, Interaction: 60, AccessToken: 60, AuthorizationCode: 60 },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: told.name, groups: told.groups }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'token' && told.forged && ctx.body?.id_token) ctx.body = { ...ctx.body, id_token: told.forged };
  });
  return provider;
}

let provider;
server.on('request', async (request, response) => {
  if (request.url === '/tests') {
    let text = '';
    for await (const part of request) text += part;
    const before = told.key;
    Object.assign(told, JSON.parse(text));
    if (told.key !== before) provider = build(server.address().port);
    response.end('{}');
  } else if (request.url.startsWith('/interaction/')) {
    await provider.interactionFinished(request, response, { login: { accountId: told.who } });
  } else {
    provider.callback()(request, response);
  }
});
server.listen(Number(given.port ?? 0), '127.0.0.1', () => {
  provider = build(server.address().port);
  console.log(`listening ${server.address().port}`);
});
