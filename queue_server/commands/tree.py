"""Every command of `motcua`, as one tree."""

import typer

from queue_server.commands import (
    accounts,
    certs,
    contract,
    device_accounts,
    devices,
    doctor,
    dossiers,
    journal,
    office,
    programs,
    reports,
    server,
    simulate,
    waits,
)

app = typer.Typer(
    name="motcua",
    help="Citizen kiosk and queue of a one-stop office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(programs.up)
app.command()(server.server)
app.command(context_settings=programs.PASS_ON)(programs.kiosk)
app.command()(programs.display)
app.command()(contract.do)
app.add_typer(simulate.simulate, name="simulate")
app.command()(doctor.doctor)
app.command()(journal.backup)
app.command()(journal.restore)
app.add_typer(accounts.account, name="account")
app.add_typer(certs.certs, name="certs")
app.add_typer(journal.journal, name="journal")
app.add_typer(contract.contract, name="contract")
app.add_typer(device_accounts.broker, name="broker")
app.add_typer(office.office, name="office")
app.add_typer(waits.waits, name="waits")
app.add_typer(reports.report, name="report")
app.add_typer(devices.devices, name="devices")
app.add_typer(dossiers.dossiers, name="dossiers")
