// Imported first: nothing that follows can leave this machine. A peer that wants more than the service under test must say
// what it does without, or the run would depend on somebody's web server.
const everywhere = globalThis.fetch;

globalThis.fetch = async (request, options) => {
  const {hostname} = new URL(request.url ?? request);
  if(hostname !== 'localhost') {
    throw new TypeError(`${hostname} is not reached in an interoperability run`);
  }
  return everywhere(request, options);
};
