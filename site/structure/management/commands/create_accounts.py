"""`manage.py create_accounts --file F`: accounts for the people of the demonstration."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from page_types.publication.models import Counter
from structure.people import PeopleError, departments_of, make_account, read_people
from structure.slips import add_rows, table


class Command(BaseCommand):
    help = (
        "为演示人员建立账号和任职，密码随机，只显示这一次，并写入只有本人可读的文件；已有账号保留，"
        "密码不变。 / Makes the accounts and posts of the demonstration's people with random "
        "passwords, shown once and written to a private file; existing accounts keep theirs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--file",
            required=True,
            type=Path,
            help="写入账号与密码的文件，权限 0600 / where accounts and passwords go, mode 0600",
        )

        parser.add_argument(
            "--keep-passwords",
            action="store_true",
            help="首次登录不要求修改密码，只用于演示和练习 / no change of password is asked at the "
            "first sign-in: for demonstrations and training only",
        )

    def handle(self, *, file, keep_passwords=False, **options):
        try:
            people = read_people()
            # The file is written before the accounts are committed: a password that is nowhere
            # written would be lost, a line without its account is only replaced by the next run.
            with transaction.atomic():
                Counter.lock("accounts")
                departments = departments_of(people)
                names = {code: department.name for code, department in departments.items()}
                made = {
                    person: make_account(person, departments, keep_passwords) for person in people
                }
                rows = [
                    (person.duties(names), person.username, password)
                    for person, password in made.items()
                    if password
                ]
                if rows:
                    add_rows(file, rows)
        except (PeopleError, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(rows, len(made) - len(rows), file)

    def _tell(self, rows, kept, file):
        for line in table(rows) if rows else ():
            self.stdout.write(line)
        if rows:
            self.stdout.write(
                f"\n密码只显示这一次，已写入 / passwords are shown only now, and kept in: {file}"
            )
        if kept:
            self.stdout.write(
                f"{kept} 个账号原已存在，密码未改 / {kept} accounts were there, passwords unchanged"
            )
