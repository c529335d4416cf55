from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "leerkring.network"

    def ready(self) -> None:
        from leerkring.network.models import Leadership
        from leerkring.people.erasure import Eraser, Replaced, register

        register(
            Eraser(
                room="network",
                covers={
                    "network.Leadership.user": "goes with the account",
                    "network.StaffConsent.recorded_by": "stays, of nobody",
                    "network.StaffConsent.withdrawn_by": "stays, of nobody",
                    "network.Board.name": Replaced(),
                    "network.School.name": Replaced(),
                    "network.School.place": Replaced(),
                    "network.School.brin": "no person: a code",
                    "network.Location.name": Replaced(),
                    "network.Location.place": Replaced(),
                    "network.Network.name": Replaced(),
                    "network.Network.aim": Replaced(),
                    "network.Holiday.name": Replaced(),
                },
                own=lambda user: {
                    "leaderships": [
                        {
                            "school": held.school.name,
                            "function": held.function,
                            "since": held.since,
                            "until": held.until,
                        }
                        for held in Leadership.objects.filter(user=user).select_related("school")
                    ]
                },
            )
        )
