"""Logs in with keystoneauth1, finds services by the catalog, and changes the project. Argument: where the emulator is."""

import json
import sys

from keystoneauth1 import exceptions, session
from keystoneauth1.identity.generic import Password, Token

place = json.loads(sys.argv[1])
iam = place["rootEndpoints"]["iam"]
login = {
    "username": "emulator-user",
    "user_domain_name": "emulator-domain",
    "project_name": place["region"],
    "project_domain_name": "emulator-domain",
}


def count(logged_in, service_type, path):
    found = logged_in.get(path, endpoint_filter={"service_type": service_type, "region_name": place["region"]})
    return found.json()["count"]


# Each of these is discovered another way.
for url in (iam, f"{iam}/v3", f"{iam}/v3/", place["endpoints"]["iam"], f"{place['endpoints']['iam']}/v3"):
    by_password = session.Session(auth=Password(auth_url=url, password="emulator-password", **login))
    assert by_password.get_project_id() == place["projectId"], url
    assert count(by_password, "modelarts", "/services") == 2, url
    token = by_password.get_token()

    by_token = session.Session(auth=Token(auth_url=url, token=token, project_id=place["projectId"]))
    assert by_token.get_token() != token, url
    assert count(by_token, "vias", "/batch-tasks") == 0, url
    assert count(by_token, "iva", "/services/video-analyze/tasks") == 0, url

    for path, name in (("projects", place["region"]), ("domains", "emulator-domain")):
        listed = by_token.get(f"{iam}/v3/auth/{path}").json()[path]
        assert [entry["name"] for entry in listed] == [name], path

try:
    session.Session(auth=Password(auth_url=iam, password="wrong", **login)).get_token()
    raise AssertionError("a wrong password is accepted")
except exceptions.Unauthorized as error:
    assert "password" in str(error), error
