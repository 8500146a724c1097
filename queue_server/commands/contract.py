"""`motcua do`, `motcua contract …`, `motcua broker config`: the wire from the command line."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from queue_server.commands.shared import HERE, DirOption, fail, operator

contract = typer.Typer(help="The MQTT contract as documents.", no_args_is_help=True)
broker = typer.Typer(help="Another broker than the embedded one.", no_args_is_help=True)


def do(
    verb: Annotated[str, typer.Argument(help="A verb of the contract, such as issue or call-next.")],
    fields: Annotated[
        list[str] | None, typer.Argument(help="Fields as name=value; values may be JSON.")
    ] = None,
    dir: DirOption = HERE,
    json_: Annotated[bool, typer.Option("--json", help="Print the reply as JSON.")] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for the reply.")] = 5.0,
) -> None:
    """Send one request to the running office and print its reply. Exit 1 when it was refused."""
    from queue_server.contract.requests import VERBS
    from queue_server.link.requests import NoReply

    if verb not in VERBS:
        fail(f"There is no verb {verb!r}. Verbs: {', '.join(VERBS)}.", 2)
    body = dict(_field(text) for text in fields or [])
    with operator(dir) as asking:
        try:
            reply = asking.ask(verb, body, timedelta(seconds=wait))
        except NoReply as problem:
            fail(str(problem))
    if json_:
        typer.echo(json.dumps(reply, ensure_ascii=False, indent=1))
    else:
        typer.echo(_in_words(reply))
    raise typer.Exit(0 if reply["ok"] else 1)


def _field(text: str) -> tuple[str, Any]:
    name, is_, value = text.partition("=")
    if not is_:
        fail(f"{text!r} is not name=value.", 2)
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _in_words(reply: dict[str, Any]) -> str:
    if not reply["ok"]:
        refusal = reply["refusal"]
        return f"refused ({refusal['code']}): {refusal['sentence']}"
    if reply["issued"]:
        ticket = reply["issued"]["ticket"]
        ahead = reply["issued"]["people_ahead"]
        return f"{ticket['number']}  {ahead} ahead  ticket {ticket['ticket']}  {reply['issued']['page']}"
    if reply["looked"]:
        return _looked(reply["looked"])
    acted = reply["acted"]
    ticket = acted["ticket"]
    words = [f"{ticket['number']} is {ticket['state']}"] if ticket else []
    words += [f"{acted['ended']['number']} ended"] if acted["ended"] else []
    words += [f"counter is {acted['counter_state']}"] if acted["counter_state"] else []
    return ", ".join(words) or "done"


def _looked(looked: dict[str, Any]) -> str:
    """What became of a dossier, in one line; use --json for all of it."""
    dossier = looked["dossier"]
    if not dossier:
        return str(looked["outcome"]).replace("_", " ")
    chip, standing = dossier["chip"]["words"]["vi"], dossier["timeliness"]["words"]["vi"]
    return f"{chip}  {standing}  second factor {looked['factor'].replace('_', ' ')}"


@contract.command("asyncapi")
def asyncapi() -> None:
    """Print the contract as an AsyncAPI 3 document."""
    from queue_server.contract.asyncapi import document

    typer.echo(json.dumps(document(), ensure_ascii=False, indent=1))


@broker.command("config")
def broker_config(
    out: Annotated[Path, typer.Argument(help="Folder to write into.")],
    dir: DirOption = HERE,
    listen: Annotated[str, typer.Option(help="HOST:PORT the broker is to listen on.")] = "127.0.0.1:1883",
    certificate: Annotated[Path | None, typer.Option(help="PEM file, for other hosts than loopback.")] = None,
    key: Annotated[Path | None, typer.Option(help="PEM file of the certificate's key.")] = None,
) -> None:
    """Write mosquitto's configuration, password file and access rules for this office's devices."""
    from queue_server.broker.listen import Listen, ListenNeedsTls, Tls
    from queue_server.broker.mosquitto import mosquitto_files, write
    from queue_server.clock import fresh_salt, secret
    from queue_server.commands.shared import address
    from queue_server.office_dir import DirectoryTrouble, OfficeDir
    from queue_server.office_file.load import load_office
    from queue_server.office_file.problems import OfficeFileError
    from queue_server.up.accounts import broker_account

    office = OfficeDir(dir)
    try:
        config = load_office(office.office_file)
        host, port = address(listen, "--listen")
        listening = Listen(host, port, Tls(certificate, key) if certificate and key else None)
        accounts = [broker_account(a) for a in office.device_accounts(config, secret)]
    except (OfficeFileError, ListenNeedsTls, DirectoryTrouble) as problem:
        fail(str(problem))
    path = write(mosquitto_files(out, listening, config.id, accounts, fresh_salt), out)
    typer.echo(f"Written: {path}. mosquitto gives up root's rights before it reads them:")
    typer.echo(f"  chown -R mosquitto: {out} && mosquitto -c {path}")
    typer.echo(f'Then set broker_url = "mqtt://{host}:{port}" in the office file.')
